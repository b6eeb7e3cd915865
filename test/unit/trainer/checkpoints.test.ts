import { existsSync, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkpointFolder, listCheckpoints } from '../../../db/checkpoints.ts';
import type { WriteStore } from '../../../db/open.ts';
import { checkpointFile, CheckpointWriter, loadCheckpoint, resumePoint } from '../../../src-main/trainer/checkpoints.ts';
import { newRun, tiny } from './sandbox.ts';
import { temporaryStore } from '../../support/temporary-store.ts';
import { sampleCheckpoint } from './sample-checkpoint.ts';

async function withCheckpoints(errors: readonly (readonly [iteration: number, error: number | null])[], keep = 10): Promise<{ store: WriteStore; run: number; bests: boolean[]; path: (iteration: number) => string }> {
  const store = temporaryStore();
  const run = newRun(store, tiny());
  const bests: boolean[] = [];
  const writer = new CheckpointWriter(store, run, keep, ({ best }) => void bests.push(best));
  for (const [iteration, error] of errors) {
    await writer.idle();
    writer.begin(sampleCheckpoint(iteration), error);
  }
  await writer.idle();
  return { store, run, bests, path: (iteration) => join(store.folder, checkpointFile(run, iteration)) };
}

const iterations = (store: WriteStore, run: number) => listCheckpoints(store, run).map(({ iteration }) => iteration);
const files = (store: WriteStore, run: number) => readdirSync(join(store.folder, checkpointFolder(run))).sort();

describe('writing', () => {
  test('keeps the last ones and the best, deletes the rest with their files', async () => {
    const { store, run, bests } = await withCheckpoints([[1, 0.5], [2, 0.1], [3, 0.2], [4, null], [5, 0.3], [6, 0.4]], 2);
    expect(iterations(store, run)).toEqual([2, 5, 6]);
    expect(files(store, run)).toEqual(['00000002.safetensors', '00000005.safetensors', '00000006.safetensors']);
    expect(bests).toEqual([true, true, false, false, false, false]);
    expect(listCheckpoints(store, run).filter(({ best }) => best).map(({ iteration }) => iteration)).toEqual([2]);
  });

  test('goes on while the caller does something else, and fails at the next look', async () => {
    const { store, run, path } = await withCheckpoints([[1, null]]);
    rmSync(dirname(path(1)), { recursive: true });
    writeFileSync(dirname(path(1)), 'a file where the folder should be');
    const writer = new CheckpointWriter(store, run, 3, () => undefined);
    writer.begin(sampleCheckpoint(2), null);
    expect(() => writer.check()).not.toThrow();
    await expect(writer.idle()).rejects.toMatchObject({ code: 'file.access', message: expect.stringContaining(dirname(path(2))) });
    expect(() => writer.check()).toThrow(expect.objectContaining({ code: 'file.access' }));
    expect(iterations(store, run)).toEqual([1]);
  });
});

describe('reading', () => {
  test('gives the latest, or the one that was asked for', async () => {
    const { store, run } = await withCheckpoints([[10, null], [20, null]]);
    expect(loadCheckpoint(store, run).checkpoint).toEqual(sampleCheckpoint(20));
    expect(loadCheckpoint(store, run, 10).row).toMatchObject({ iteration: 10, file: checkpointFile(run, 10) });
  });

  test('says which there are when one is missing', async () => {
    const { store, run } = await withCheckpoints([[10, null], [20, null]]);
    expect(() => loadCheckpoint(store, run, 15)).toThrow(expect.objectContaining({ code: 'checkpoint.missing', message: expect.stringContaining('10, 20') }));
    expect(() => loadCheckpoint(store, newRun(store, tiny()))).toThrow(expect.objectContaining({ code: 'checkpoint.missing' }));
  });

  test('names a damaged file and the newest good checkpoint before it', async () => {
    const { store, run, path } = await withCheckpoints([[10, null], [20, null], [30, null], [40, null]]);
    truncateSync(path(40), 100);
    truncateSync(path(30), 0);
    for (const iteration of [undefined, 40]) {
      expect(() => loadCheckpoint(store, run, iteration)).toThrow(
        expect.objectContaining({ code: 'checkpoint.corrupt', message: expect.stringMatching(new RegExp(`${path(40)}.*iteration 20, .*${path(20)}`)), details: expect.objectContaining({ iteration: 40, good: 20 }) }),
      );
    }
    truncateSync(path(10), 5);
    truncateSync(path(20), 5);
    expect(() => loadCheckpoint(store, run)).toThrow(expect.objectContaining({ code: 'checkpoint.corrupt', message: expect.stringContaining('no good checkpoint') }));
  });
});

describe('going on', () => {
  test('a run without checkpoints begins at the beginning', () => {
    const store = temporaryStore();
    expect(resumePoint(store, newRun(store, tiny()), () => undefined)).toBeUndefined();
  });

  test('damaged checkpoints are set aside with a warning each, not deleted', async () => {
    const { store, run, path } = await withCheckpoints([[10, 0.5], [20, null], [30, null], [40, 0.1]]);
    truncateSync(path(40), 100);
    rmSync(path(30));
    const warnings: string[] = [];
    const loaded = resumePoint(store, run, (warning) => warnings.push(warning));
    expect(loaded!.checkpoint).toEqual(sampleCheckpoint(20));
    expect(iterations(store, run)).toEqual([10, 20]);
    expect(warnings).toEqual([expect.stringContaining('iteration 30'), expect.stringContaining(`${path(40)}.corrupt`)]);
    expect(existsSync(`${path(40)}.corrupt`)).toBe(true);
  });

  test('is refused when every checkpoint is damaged, and nothing is touched', async () => {
    const { store, run, path } = await withCheckpoints([[10, null], [20, null]]);
    for (const iteration of [10, 20]) truncateSync(path(iteration), 9);
    const before = files(store, run);
    expect(() => resumePoint(store, run, () => undefined)).toThrow(expect.objectContaining({ code: 'checkpoint.corrupt' }));
    expect([iterations(store, run), files(store, run)]).toEqual([[10, 20], before]);
  });

  test('what a killed process left is cleared: half files, and old ones without a row; never a newer one', async () => {
    const { store, run, path } = await withCheckpoints([[10, null], [20, null]]);
    const folder = dirname(path(10));
    mkdirSync(folder, { recursive: true });
    for (const name of ['00000030.safetensors.123-1.tmp', '00000005.safetensors', '00000030.safetensors', 'notes.txt']) writeFileSync(join(folder, name), 'x');
    resumePoint(store, run, () => undefined);
    expect(files(store, run)).toEqual(['00000010.safetensors', '00000020.safetensors', '00000030.safetensors', 'notes.txt']);
  });
});
