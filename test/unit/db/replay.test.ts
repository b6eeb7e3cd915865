import { describe, expect, it } from 'vitest';
import { readLineage, readReplayColumns, readReplayEntries, readReplayEntry, replaceReplay, type ReplayOrder } from '../../../db/replay.ts';
import { deleteRun } from '../../../db/runs.ts';
import type { ReplayAncestor, ReplayEntry } from '../../../src-main/contract/replay.ts';
import { refusal } from '../../support/refusal.ts';
import { newRun, newStore } from './helpers.ts';

const entry = (uid: number, changes: Partial<ReplayEntry> = {}): ReplayEntry => ({
  uid, parent: null, problem: uid, generation: 0, born: uid * 10, uses: 0, energy: -uid, error: 1 / uid,
  x: Float32Array.of(uid, 1, 2, 3), y: Float32Array.of(uid, 5), target: Float32Array.of(uid, 6), visit: Float32Array.of(uid, 8, 9), ...changes,
});
const ancestor = (uid: number, changes: Partial<ReplayAncestor> = {}): ReplayAncestor => {
  const { x: _x, y: _y, target: _target, ...record } = entry(uid);
  return { ...record, ...changes };
};
const uids = (entries: readonly { uid: number }[]) => entries.map(({ uid }) => uid);

describe('a replay snapshot', () => {
  it('comes back as it was, beyond 32 bits and with numbers that are not finite', () => {
    const store = newStore();
    const run = newRun(store);
    const far = 2 ** 40;
    const entries = [entry(1), entry(far, { energy: NaN, error: Infinity, uses: 7, visit: Float32Array.of(NaN, -Infinity) }), entry(3, { parent: 2, problem: 2, generation: 1, visit: new Float32Array(0) })];
    replaceReplay(store, run, { iteration: 500, entries, ancestors: [ancestor(2)] });
    for (const stored of entries) expect(readReplayEntry(store, run, stored.uid)).toEqual(stored);
    expect(readReplayEntry(store, run, 2)).toBeUndefined();
    expect(readReplayColumns(store, run)).toEqual({
      iteration: 500, storedAt: expect.any(Number) as number, count: 3, uid: Float64Array.of(1, 3, far), parent: Float64Array.of(-1, 2, -1), problem: Float64Array.of(1, 2, far), generation: Float64Array.of(0, 1, 0),
      born: Float64Array.of(10, 30, far * 10), uses: Float64Array.of(0, 0, 7), energyBefore: Float64Array.of(1, NaN, NaN), energy: Float64Array.of(-1, -3, NaN), error: Float64Array.of(1, 1 / 3, Infinity),
    });
  });

  it('replaces the one before, of its run only', () => {
    const store = newStore();
    const [run, other] = [newRun(store), newRun(store)];
    replaceReplay(store, run, { iteration: 1, entries: [entry(1), entry(2)], ancestors: [ancestor(9)] });
    replaceReplay(store, other, { iteration: 1, entries: [entry(5)], ancestors: [] });
    replaceReplay(store, run, { iteration: 2, entries: [entry(2, { uses: 3 })], ancestors: [] });
    expect(readReplayColumns(store, run)).toMatchObject({ iteration: 2, uid: Float64Array.of(2), uses: Float64Array.of(3) });
    expect(readReplayColumns(store, other)).toMatchObject({ iteration: 1, uid: Float64Array.of(5) });
    expect(store.first('SELECT count(*) AS n FROM replay_vectors')).toEqual({ n: 2 });
    deleteRun(store, run);
    expect(store.first('SELECT count(*) AS n FROM replay_vectors')).toEqual({ n: 1 });
  });

  it('is written whole or not at all', () => {
    const store = newStore();
    const run = newRun(store);
    replaceReplay(store, run, { iteration: 1, entries: [entry(1)], ancestors: [] });
    // The same uid twice is a bug of the buffer's.
    expect(() => replaceReplay(store, run, { iteration: 2, entries: [entry(3), entry(4), entry(3)], ancestors: [] })).toThrow(/UNIQUE/);
    expect(readReplayColumns(store, run)).toMatchObject({ iteration: 1, uid: Float64Array.of(1) });
    expect(refusal(() => replaceReplay(store, run + 1, { iteration: 2, entries: [], ancestors: [] })).code).toBe('run.unknown');
  });

  it('is empty before the first one', () => {
    const store = newStore();
    const run = newRun(store);
    expect(readReplayColumns(store, run)).toMatchObject({ iteration: null, count: 0 });
    expect(readReplayEntries(store, run, { offset: 0, limit: 10 })).toEqual([]);
  });
});

describe('pages', () => {
  it('come in any order, ties by uid, NaN last', () => {
    const store = newStore();
    const run = newRun(store);
    const entries = [entry(1, { energy: 2, uses: 1 }), entry(2, { energy: NaN, uses: 1 }), entry(3, { energy: -Infinity }), entry(4, { energy: 1, uses: 5 })];
    replaceReplay(store, run, { iteration: 1, entries, ancestors: [ancestor(8)] });
    const page = (orderBy: ReplayOrder, descending: boolean, offset = 0, limit = 10) => uids(readReplayEntries(store, run, { offset, limit, orderBy, descending }));
    expect(page('energy', false)).toEqual([3, 4, 1, 2]);
    expect(page('energy', true)).toEqual([1, 4, 3, 2]);
    expect(page('uses', true)).toEqual([4, 1, 2, 3]);
    expect(page('uses', true, 1, 2)).toEqual([1, 2]);
    for (const order of ['uid', 'generation', 'born', 'error'] as const) expect(page(order, false).toSorted()).toEqual([1, 2, 3, 4]);
    expect(readReplayEntries(store, run, { offset: 2, limit: 1 })).toEqual([entries[2]]);
  });
});

describe('lineage', () => {
  it('is the chain from generation 0 to the entry', () => {
    const store = newStore();
    const run = newRun(store);
    const first = ancestor(1);
    const second = ancestor(4, { parent: 1, problem: 1, generation: 1, y: Float32Array.of(7, 7) });
    const living = entry(6, { parent: 4, problem: 1, generation: 2 });
    const sibling = entry(7, { parent: 4, problem: 1, generation: 2 });
    replaceReplay(store, run, { iteration: 1, entries: [sibling, living, entry(5)], ancestors: [second, first] });
    replaceReplay(store, newRun(store), { iteration: 1, entries: [entry(1), entry(4)], ancestors: [] });
    expect(readLineage(store, run, 6)).toEqual([first, second, living]);
    expect(uids(readLineage(store, run, 5))).toEqual([5]);
    expect(readLineage(store, run, 99)).toEqual([]);
  });

  it('begins with the oldest one known, and ends even if the parents go round', () => {
    const store = newStore();
    const run = newRun(store);
    replaceReplay(store, run, { iteration: 1, entries: [entry(6, { parent: 4, problem: 1, generation: 9 }), entry(2, { parent: 3, generation: 1 }), entry(3, { parent: 2, generation: 2 })], ancestors: [] });
    expect(uids(readLineage(store, run, 6))).toEqual([6]);
    expect(uids(readLineage(store, run, 2))).toEqual([2, 3]);
  });
});
