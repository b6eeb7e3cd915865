import { describe, expect, it } from 'vitest';
import { pooledReferences, ownEntry } from '../../../src-main/tasks/pooled-regression.ts';
import { applyLinear, fitLinear } from '../../../src-main/tasks/regression.ts';
import { createRng } from '../../../src-main/tasks/rng.ts';
import { meanSquare, open } from './measure.ts';

/** The full regression, with a coefficient for each entry of x and of the answer, on so many problems that its noise is small. */
function full(name: string, rank: number) {
  const task = open(name, rank);
  const rows = 20_000;
  const train = task.sample(createRng(1, 'train'), rows, 'same', 'train');
  const fit = fitLinear(train.x, train.y, rows, task.widths);
  const test = task.sample(createRng(1, 'test'), 10_000, 'same', 'test');
  return { task, test, prediction: applyLinear(fit, test.x, test.rows) };
}

describe.each(['identity', 'square', 'det', 'lu', 'qr', 'sort', 'eigen', 'equation', 'shortest-path-matrix', 'parity', 'inverse'])('the few coefficients of %s', (name) => {
  it.each([1, 2, 3])('are the regression on all entries at rank %d', (rank) => {
    const { task, test, prediction } = full(name, rank);
    const references = task.references(2);
    const ours = (references.find((reference) => reference.name === 'linear-regression') ?? references.find((reference) => reference.name === (name === 'identity' ? 'copy-input' : 'constant-mean')))!.predict(test.x, test.rows);
    const error = meanSquare(prediction, test.y);
    expect(meanSquare(ours, test.y)).toBeLessThanOrEqual(1.015 * error + 1e-9);
    // The two predictions agree far better than either agrees with the answer.
    expect(meanSquare(ours, prediction)).toBeLessThanOrEqual(0.015 * error + 1e-9);
  });
});

it('finds coefficients that are there, and keeps groups apart', () => {
  const rows = 50;
  const x = createRng(1, 'x').fillNormal(new Float32Array(rows * 3), 2);
  // Entries 0 and 1 depend on x's entries 1 and 2; entry 2 is a constant.
  const y = new Float32Array(rows * 3);
  for (let row = 0; row < rows; row++) y.set([3 * x[row * 3 + 1]! - 1, 3 * x[row * 3 + 2]! - 1, 0.1], row * 3);
  const shape = { ...ownEntry(1), groups: 2, groupOf: (i: number) => (i < 2 ? 0 : 1), of: (problem: Float32Array) => (i: number, into: Float64Array) => void (into[0] = problem[i + 1] ?? 7) };
  const [mean, regression] = pooledReferences(shape, { rows, x, y });
  regression!.predict(new Float32Array([5, 2, -1]), 1).forEach((value, i) => expect(value).toBeCloseTo([5, -4, 0.1][i]!, 3));
  const [first, second, third] = mean!.predict(new Float32Array(3), 1);
  expect(first).toBe(second);
  expect(third).toBe(Math.fround(0.1));
});

it('is fitted on problems of the given seed', () => {
  const task = open('shortest-path-matrix', 4);
  const { x } = task.sample(createRng(1, 'a'), 1, 'same', 'test');
  const answers = (seed: number) => task.references(seed).map((reference) => reference.predict(x, 1));
  expect(answers(1)).toEqual(answers(1));
  expect(answers(1)).not.toEqual(answers(2));
});
