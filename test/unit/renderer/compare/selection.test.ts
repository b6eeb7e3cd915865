import { expect, test } from 'vitest';
import { addRuns, isSolo, moveRuns, otherSeeds, removeRuns, solo, toggleBaseline, toggleHidden } from '../../../../src-renderer/features/compare/legend/selection.ts';
import { EMPTY_VIEW, MAX_RUNS } from '../../../../src-renderer/features/compare/view/view.ts';
import { sampleRun } from './sample-run.ts';

const view = { ...EMPTY_VIEW, runs: [1, 2, 3, 4], hidden: [2], baseline: 3 };

test('runs are added once each, up to the limit', () => {
  expect(addRuns(view, [4, 9]).runs).toEqual([1, 2, 3, 4, 9]);
  expect(addRuns(view, Array.from({ length: 500 }, (_, i) => i + 1)).runs).toHaveLength(MAX_RUNS);
});

test('a removed run leaves nothing behind', () => {
  expect(removeRuns(view, [2, 3])).toEqual({ ...view, runs: [1, 4], hidden: [], baseline: null });
});

test('hiding and solo go back and forth', () => {
  expect(toggleHidden(view, [3]).hidden).toEqual([2, 3]);
  expect(toggleHidden(view, [2, 3]).hidden).toEqual([2, 3]);
  expect(toggleHidden(view, [2]).hidden).toEqual([]);
  const alone = solo(view, [3, 4]);
  expect(alone.hidden).toEqual([1, 2]);
  expect(isSolo(alone, [3, 4])).toBe(true);
  expect(solo(alone, [3, 4]).hidden).toEqual([]);
  expect(isSolo(view, [3])).toBe(false);
});

test('the baseline is a run, or the first of a group', () => {
  expect(toggleBaseline(view, [4, 1]).baseline).toBe(4);
  expect(toggleBaseline(view, [1, 3]).baseline).toBe(null);
});

test('moving keeps every run', () => {
  expect(moveRuns(view, [4], 1).runs).toEqual([4, 1, 2, 3]);
  expect(moveRuns(view, [1, 3], null).runs).toEqual([2, 4, 1, 3]);
  expect(moveRuns(view, [1], 1)).toBe(view);
  expect(moveRuns(view, [1], 99)).toBe(view);
});

test('other seeds of the chosen settings, not those of others', () => {
  const all = [sampleRun(5, { seed: 3, hidden: 64 }), sampleRun(4, { seed: 9 }), sampleRun(2, { seed: 2, hidden: 64 }), sampleRun(1, { hidden: 64 })];
  expect(otherSeeds([all[3]!], all).map(({ id }) => id)).toEqual([2, 5]);
});
