import { describe, expect, test } from 'vitest';
import { groupRuns } from '../../../../src-renderer/features/compare/groups/group-runs.ts';
import { sampleRun } from './sample-run.ts';

const grouped = (...args: Parameters<typeof groupRuns>) => groupRuns(...args).map(({ label, runs }) => [label, runs.map(({ id }) => id)]);

describe('groups of runs', () => {
  test('none: every run by itself, under its name', () => {
    expect(grouped([sampleRun(2), sampleRun(1)], 'none')).toEqual([['addition-2', [2]], ['addition-1', [1]]]);
  });

  test('seeds: what differs in the seed alone is together, named by what tells the groups apart', () => {
    const runs = [sampleRun(1, { seed: 1, hidden: 64 }), sampleRun(2, { seed: 2 }), sampleRun(3, { seed: 3, hidden: 64 }), sampleRun(4, { seed: 4, hidden: 512 })];
    expect(grouped(runs, 'seeds')).toEqual([['Hidden width 64', [1, 3]], ['Hidden width 512', [2, 4]]]);
    expect(grouped(runs.slice(1, 2), 'seeds')).toEqual([['addition · irem', [2]]]);
  });

  test('seeds: a fork is not the same as a run from scratch', () => {
    const runs = [sampleRun(1), sampleRun(2, {}, { parentRun: 1, parentIteration: 250 }), sampleRun(3, { seed: 1 }, { parentRun: 1, parentIteration: 250 })];
    expect(grouped(runs, 'seeds')).toEqual([['addition · irem', [1]], ['addition · irem (forked at 250)', [2, 3]]]);
  });

  test('settings: a value that is written out and the default that equals it are the same', () => {
    const runs = [sampleRun(1, { learnable_step_size: true, batch: 512 }), sampleRun(2, { batch: 32 }), sampleRun(3, { hidden: 8 })];
    expect(grouped(runs, ['batch'])).toEqual([['Fresh rows 512', [1, 3]], ['Fresh rows 32', [2]]]);
    expect(grouped(runs, ['batch', 'learnable_step_size'])).toEqual([['Fresh rows 512, Learn λ on', [1]], ['Fresh rows 32, Learn λ off', [2]], ['Fresh rows 512, Learn λ off', [3]]]);
  });
});
