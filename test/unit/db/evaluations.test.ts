import { expect, it } from 'vitest';
import { readEvaluations, writeEvaluation } from '../../../db/evaluations.ts';
import { deleteRun } from '../../../db/runs.ts';
import { newRun, newStore } from './helpers.ts';

it('keeps evaluations by checkpoint and options, numbers that are not finite included', () => {
  const store = newStore();
  const run = newRun(store);
  const other = newRun(store);
  const result = { error: NaN, high: Infinity, low: -Infinity, words: 'plain' };
  writeEvaluation(store, { run, iteration: 5, options: { steps: [10], problems: 3 }, result, at: 1 });
  writeEvaluation(store, { run, iteration: 6, options: { steps: [10], problems: 3 }, result: { error: 1 }, at: 2 });
  writeEvaluation(store, { run: other, iteration: 5, options: { steps: [10], problems: 3 }, result: { error: 2 }, at: 3 });
  expect(readEvaluations(store, [run])).toEqual([
    { run, iteration: 6, options: { problems: 3, steps: [10] }, result: { error: 1 }, at: 2 },
    { run, iteration: 5, options: { problems: 3, steps: [10] }, result, at: 1 },
  ]);
  expect(readEvaluations(store, [run, other]).map(({ at }) => at)).toEqual([3, 2, 1]);
});

it('replaces one of the same options, in whatever order they are written', () => {
  const store = newStore();
  const run = newRun(store);
  writeEvaluation(store, { run, iteration: 5, options: { a: 1, b: { c: 2, d: 3 } }, result: 'old', at: 1 });
  writeEvaluation(store, { run, iteration: 5, options: { b: { d: 3, c: 2 }, a: 1 }, result: 'new', at: 2 });
  expect(readEvaluations(store, [run]).map(({ result }) => result)).toEqual(['new']);
});

it('lets go of them with their run', () => {
  const store = newStore();
  const run = newRun(store);
  writeEvaluation(store, { run, iteration: 5, options: {}, result: {}, at: 1 });
  deleteRun(store, run);
  expect(readEvaluations(store, [run])).toEqual([]);
});
