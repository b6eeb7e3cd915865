import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addCheckpoint, bestCheckpoint, checkpointFolder, checkpointPath, latestCheckpoint, listCheckpoints, removeCheckpoint } from '../../../db/checkpoints.ts';
import type { WriteStore } from '../../../db/open.ts';
import { refusal } from '../../support/refusal.ts';
import { newRun, newStore } from './helpers.ts';

const add = (store: WriteStore, run: number, iteration: number, best = false, error: number | null = null) =>
  addCheckpoint(store, run, { iteration, file: `${checkpointFolder(run)}/${iteration}.safetensors`, sha256: `hash ${iteration}`, bytes: iteration * 2, best, error });

describe('checkpoints', () => {
  it('are listed by iteration, with the latest and the best', () => {
    const store = newStore();
    const [run, other] = [newRun(store), newRun(store)];
    expect([latestCheckpoint(store, run), bestCheckpoint(store, run), listCheckpoints(store, run)]).toEqual([undefined, undefined, []]);
    add(store, run, 300, true, 0.5);
    add(store, run, 100, false, NaN);
    add(store, run, 1000);
    add(store, other, 2000, true);
    expect(listCheckpoints(store, run).map(({ iteration, error }) => [iteration, error])).toEqual([[100, null], [300, 0.5], [1000, null]]);
    expect(latestCheckpoint(store, run)).toMatchObject({ iteration: 1000, file: `checkpoints/${run}/1000.safetensors`, sha256: 'hash 1000', bytes: 2000, best: false });
    expect(bestCheckpoint(store, run)).toMatchObject({ iteration: 300, best: true, error: 0.5 });
    expect(checkpointPath(store, latestCheckpoint(store, run)!)).toBe(join(store.folder, 'checkpoints', String(run), '1000.safetensors'));
  });

  it('have one best', () => {
    const store = newStore();
    const run = newRun(store);
    add(store, run, 1, true, 3);
    add(store, run, 2, true, 2);
    expect(listCheckpoints(store, run).map(({ best }) => best)).toEqual([false, true]);
  });

  it('made again are replaced, and the best one stays the best', () => {
    const store = newStore();
    const run = newRun(store);
    add(store, run, 1, true, 3);
    addCheckpoint(store, run, { iteration: 1, file: 'checkpoints/again', sha256: 'new', bytes: 5, best: false, error: 3 });
    expect(listCheckpoints(store, run)).toMatchObject([{ file: 'checkpoints/again', sha256: 'new', bytes: 5, best: true }]);
  });

  it('are forgotten one by one', () => {
    const store = newStore();
    const run = newRun(store);
    add(store, run, 1);
    add(store, run, 2);
    removeCheckpoint(store, run, 1);
    removeCheckpoint(store, run, 1);
    expect(listCheckpoints(store, run).map(({ iteration }) => iteration)).toEqual([2]);
  });

  it.each(['/elsewhere/1', '../1', 'checkpoints/../../1'])('cannot be at %s', (file) => {
    const store = newStore();
    expect(refusal(() => addCheckpoint(store, newRun(store), { iteration: 1, file, sha256: '', bytes: 1, best: false, error: null }))).toMatchObject({ code: 'checkpoint.file', message: expect.stringContaining(file) });
  });
});
