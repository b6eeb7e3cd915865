import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { isGraph, TASKS } from '../../../src-main/contract/config.ts';
import { createRng } from '../../../src-main/tasks/rng.ts';
import { difficultiesOf } from '../../../src-main/trainer/probes.ts';
import { meanSquare, open, referenceErrors } from './measure.ts';

const GENERATED = TASKS.filter((task) => task !== 'dataset' && !isGraph(task));

describe.each(GENERATED)('%s', (name) => {
  it.each([1, 2, 7, 64])('has the widths it promises at rank %d', (rank) => {
    const task = open(name, rank);
    const rows = 3;
    expect(task.name).toBe(name);
    const references = task.references(1);
    for (const difficulty of difficultiesOf(task)) {
      const problems = task.sample(createRng(1, 'a'), rows, difficulty, 'train');
      expect([problems.rows, problems.x.length, problems.y.length]).toEqual([rows, rows * task.widths.x, rows * task.widths.y]);
      expect(problems.y.every(Number.isFinite)).toBe(true);
      for (const reference of references) expect(reference.predict(problems.x, rows).every(Number.isFinite)).toBe(true);
    }
    for (const part of ['x', 'y'] as const) {
      const { count, rows, columns } = task.pictures[part];
      expect(count * rows * columns).toBe(task.widths[part]);
    }
  });

  it('draws the same problems from the same stream and others from another', () => {
    const task = open(name, 4);
    const draw = (iteration: number) => task.sample(createRng(1, 'batch', iteration), 20, 'same', 'train');
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1).x).not.toEqual(draw(2).x);
  });

  it('writes into arrays that it is given, whatever they held', () => {
    const task = open(name, 4);
    const room = { x: new Float32Array(5 * task.widths.x).fill(NaN), y: new Float32Array(5 * task.widths.y).fill(NaN) };
    const made = task.sample(createRng(1, 'a'), 5, 'same', 'train');
    const placed = task.sample(createRng(1, 'a'), 5, 'same', 'train', room);
    expect(placed.x).toBe(room.x);
    expect(placed.y).toBe(room.y);
    expect(placed).toEqual(made);
  });

  it('gives its references names of their own, and predictions of the right length that leave x alone', () => {
    const task = open(name, 4);
    const { x } = task.sample(createRng(1, 'a'), 6, 'same', 'test');
    const before = x.slice();
    const references = task.references(1);
    expect(new Set(references.map((reference) => reference.name)).size).toBe(references.length);
    for (const reference of references) {
      const answer = reference.predict(x, 6);
      expect(answer).toHaveLength(6 * task.widths.y);
      answer.fill(9);
    }
    expect(x).toEqual(before);
  });
});

/** docs/method.md, rank 20: [task, reference, same, harder]. */
it.each([
  ['addition', 'zero', 0.667, 4.167],
  ['addition', 'linear-map', 0, 0],
  ['lowrank', 'copy-input', 0.0175, 0.205],
  ['lowrank', 'zero', 0.035, 0.41],
  ['inverse', 'linear-regression', 0.00957, 0.208],
  ['inverse', 'constant-mean', 0.0141, 0.229],
])('reference of %s at rank 20: %s', (name, reference, same, harder) => {
  const task = open(name, 20);
  expect(Math.abs(referenceErrors(task, 'same', 3000)[reference]! - same)).toBeLessThanOrEqual(0.015 * same);
  expect(Math.abs(referenceErrors(task, 'harder', 3000)[reference]! - harder)).toBeLessThanOrEqual(0.015 * harder);
});

it('addition: y is the sum of two matrices within the limits of the difficulty', () => {
  for (const [difficulty, limit] of [['same', 1], ['harder', 2.5]] as const) {
    const { x, y } = open('addition', 3).sample(createRng(2, 'a'), 500, difficulty, 'train');
    for (let row = 0; row < 500; row++) for (let i = 0; i < 9; i++) expect(y[row * 9 + i]).toBe(Math.fround(x[row * 18 + i]! + x[row * 18 + 9 + i]!));
    const largest = Math.max(...x.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(0.99 * limit);
  }
});

it('lowrank: x shows half of the entries of y as they are, and y has the variance of noise and product', () => {
  const task = open('lowrank', 20);
  const { x, y } = task.sample(createRng(2, 'a'), 500, 'same', 'train');
  const shown = x.reduce((count, value) => count + (value === 0 ? 0 : 1), 0);
  expect(Math.abs(shown / x.length - 0.5)).toBeLessThan(0.005);
  x.forEach((value, i) => {
    if (value !== 0) expect(value).toBe(y[i]);
  });
  // Var = 0.1² + 10 / divisor², whatever the rank.
  for (const rank of [2, 20]) {
    expect(meanSquare(open('lowrank', rank).sample(createRng(3, 'a'), 20_000 / rank, 'same', 'train').y)).toBeCloseTo(0.01 + 10 / 400, 2);
    expect(meanSquare(open('lowrank', rank).sample(createRng(3, 'a'), 20_000 / rank, 'harder', 'train').y) / (0.01 + 10 / 25)).toBeCloseTo(1, 1);
  }
});

it('lowrank: ten singular values stand out from the noise', () => {
  const { y } = open('lowrank', 64).sample(createRng(4, 'a'), 1, 'harder', 'train');
  const singular = new SingularValueDecomposition(Matrix.from1DArray(64, 64, y)).diagonal;
  // By the Marchenko–Pastur edges: above (√64 − √10)² / 5 = 4.7, below 0.1 · 2 · √64 = 1.6.
  expect(singular[9]!).toBeGreaterThan(2 * singular[10]!);
});
