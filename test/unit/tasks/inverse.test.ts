import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { invertPositiveDefinite } from '../../../src-main/tasks/cholesky.ts';
import { createRng } from '../../../src-main/tasks/rng.ts';
import { open, referenceErrors } from './measure.ts';

describe.each([1, 4, 20, 64])('problems at rank %d', (rank) => {
  it.each([['same', 0.5], ['harder', 0.1]] as const)('%s: A = 2MMᵀ + %d I with its inverse', (difficulty, ridge) => {
    const { x, y } = open('inverse', rank).sample(createRng(1, 'a'), 4, difficulty, 'train');
    for (let row = 0; row < 4; row++) {
      const part = (values: Float32Array) => Matrix.from1DArray(rank, rank, values.subarray(row * rank * rank, (row + 1) * rank * rank));
      const a = part(x);
      const smallest = Math.min(...new EigenvalueDecomposition(a, { assumeSymmetric: true }).realEigenvalues);
      expect(smallest).toBeGreaterThanOrEqual(ridge - 1e-4);
      expect(a.isSymmetric() && part(y).isSymmetric()).toBe(true);
      expect(Matrix.sub(a.mmul(part(y)), Matrix.eye(rank)).max()).toBeLessThan(1e-4);
    }
  });
});

it('draws M from U(−1, 1): diagonal entries of A average 2r/3 + ridge', () => {
  const rank = 10;
  const { x } = open('inverse', rank).sample(createRng(1, 'a'), 2000, 'same', 'train');
  const diagonal = x.filter((_, i) => (i % 100) % 11 === 0);
  expect(diagonal.reduce((a, b) => a + b) / diagonal.length).toBeCloseTo((2 * rank) / 3 + 0.5, 1);
});

it('inverts a given matrix', () => {
  const out = new Float32Array(6);
  invertPositiveDefinite(new Float64Array([4, NaN, 2, 3]), 2, out, 1);
  // 1/8 · [3 −2; −2 4]; the upper triangle is not read, other entries of `out` are not touched.
  [0, 0.375, -0.25, -0.25, 0.5, 0].forEach((value, i) => expect(out[i]).toBeCloseTo(value, 6));
});

it('at rank 1 regression is no worse than the mean', () => {
  const errors = referenceErrors(open('inverse', 1), 'same', 5000);
  expect(errors['linear-regression']!).toBeLessThan(errors['constant-mean']!);
});
