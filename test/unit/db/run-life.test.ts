import { describe, expect, it } from 'vitest';
import { beat, claimRun, deleteRun, endRun, getRun, reconcileRuns } from '../../../db/runs.ts';
import type { WriteStore } from '../../../db/open.ts';
import { refusal } from '../../support/refusal.ts';
import { newRun, newStore } from './helpers.ts';

/** Largest number of a process on Linux is 2²²; on other systems lower. */
const NOBODY = 2 ** 22 + 1;
/** The process that started this one: alive, and not this one. */
const OTHER = process.ppid;

function claimed(pid: number): { store: WriteStore; id: number } {
  const store = newStore();
  const id = newRun(store);
  claimRun(store, id, pid);
  return { store, id };
}

describe('claiming', () => {
  it('makes a run running, once', () => {
    const { store, id } = claimed(OTHER);
    expect(getRun(store, id)).toMatchObject({ status: 'running', pid: OTHER });
    expect(getRun(store, id).startedAt).toBeTypeOf('number');
    expect(refusal(() => claimRun(store, id, process.pid))).toMatchObject({ code: 'run.busy', details: { id, pid: OTHER }, message: expect.stringContaining(`basin stop ${id}`) });
    expect(getRun(store, id).pid).toBe(OTHER);
    claimRun(store, id, OTHER);
  });

  it('takes over from a process that is gone', () => {
    const { store, id } = claimed(NOBODY);
    claimRun(store, id, process.pid);
    expect(getRun(store, id).pid).toBe(process.pid);
  });

  it('takes over from a process whose number belongs to another one now', () => {
    const { store, id } = claimed(OTHER);
    const { start } = store.first<{ start: string | null }>('SELECT pid_start AS start FROM runs WHERE id = ?', id)!;
    // Where the system tells no start, a long silence says the same.
    if (start === null) store.write('UPDATE runs SET beat_at = 0');
    else store.write('UPDATE runs SET pid_start = ?', start.replace(/\d+$/, (ticks) => String(Number(ticks) - 1)));
    claimRun(store, id, process.pid);
    expect(getRun(store, id).pid).toBe(process.pid);
  });

  it('clears how an earlier life ended, not when it began', () => {
    const { store, id } = claimed(process.pid);
    const { startedAt } = getRun(store, id);
    endRun(store, id, { status: 'diverged', iteration: 7, divergence: { iteration: 8, step: 3, quantity: 'energy', checkpoint: 5 }, error: { name: 'BasinError', code: 'x', kind: 'user', message: 'm' } });
    claimRun(store, id, process.pid);
    expect(getRun(store, id)).toMatchObject({ status: 'running', iteration: 7, divergence: null, error: null, endedAt: null, startedAt });
  });

  it('refuses a run that is not there', () => {
    expect(refusal(() => claimRun(newStore(), 4, process.pid)).code).toBe('run.unknown');
  });
});

describe('the owner', () => {
  it('tells how far it is', () => {
    const { store, id } = claimed(process.pid);
    beat(store, id, 31);
    expect(getRun(store, id).iteration).toBe(31);
  });

  it('is told when it owns the run no more', () => {
    const { store, id } = claimed(OTHER);
    expect(refusal(() => beat(store, id, 31))).toMatchObject({ code: 'run.lost', details: { status: 'running', pid: OTHER } });
    expect(getRun(store, id).iteration).toBe(0);
    expect(refusal(() => beat(store, id + 1, 31)).code).toBe('run.unknown');
  });

  it('ends the run, with how and why', () => {
    const { store, id } = claimed(process.pid);
    const divergence = { iteration: 8, step: 3, quantity: 'energy', checkpoint: 5 } as const;
    const error = { name: 'BasinError', code: 'x.y', kind: 'user', message: 'm', details: { a: 1 } } as const;
    endRun(store, id, { status: 'diverged', iteration: 7, divergence, error });
    expect(getRun(store, id)).toMatchObject({ status: 'diverged', iteration: 7, divergence, error, pid: null });
    expect(getRun(store, id).endedAt).toBeTypeOf('number');
    expect(refusal(() => beat(store, id, 9))).toMatchObject({ code: 'run.lost', message: expect.stringContaining('diverged') });
  });

  it('is the only one who may end or delete it while it lives', () => {
    const { store, id } = claimed(OTHER);
    expect(refusal(() => endRun(store, id, { status: 'failed', iteration: 0 })).code).toBe('run.busy');
    expect(refusal(() => deleteRun(store, id)).code).toBe('run.busy');
    expect(getRun(store, id).status).toBe('running');
  });

  it('is out of the way once it is gone', () => {
    const { store, id } = claimed(NOBODY);
    endRun(store, id, { status: 'failed', iteration: 2 });
    expect(getRun(store, id)).toMatchObject({ status: 'failed', iteration: 2 });
    deleteRun(store, id);
  });
});

describe('reconciling', () => {
  it('interrupts runs whose process is gone, at their last sign of life, and no others', () => {
    const { store, id: dead } = claimed(NOBODY);
    store.write('UPDATE runs SET beat_at = 5000, iteration = 12 WHERE id = ?', dead);
    const [mine, other, queued] = [newRun(store), newRun(store), newRun(store)];
    claimRun(store, mine, process.pid);
    claimRun(store, other, OTHER);
    expect(reconcileRuns(store)).toEqual([dead]);
    expect(getRun(store, dead)).toMatchObject({ status: 'interrupted', endedAt: 5000, iteration: 12, pid: null });
    expect([mine, other, queued].map((id) => getRun(store, id).status)).toEqual(['running', 'running', 'queued']);
    expect(reconcileRuns(store)).toEqual([]);
  });
});
