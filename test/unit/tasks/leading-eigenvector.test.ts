import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leadingEigenvector } from '../../../src-main/tasks/leading-eigenvector.ts';
import { createRng } from '../../../src-main/tasks/rng.ts';

const find = (a: readonly number[], n: number): number[] => {
  const out = new Float64Array(n);
  leadingEigenvector(Float64Array.from(a), n, out);
  return [...out];
};

/** Q·diag(values)·Qᵀ for a random orthogonal Q by Gram–Schmidt, and Q's first column. */
function withEigenvalues(values: readonly number[], seed: number) {
  const n = values.length;
  const columns: number[][] = [];
  for (let k = 0; k < n; k++) {
    let v = [...createRng(seed, 'eigen', k).fillNormal(new Float32Array(n), 1)];
    for (let pass = 0; pass < 2; pass++) {
      for (const other of columns) {
        const dot = v.reduce((sum, value, i) => sum + value * other[i]!, 0);
        v = v.map((value, i) => value - dot * other[i]!);
      }
    }
    const length = Math.hypot(...v);
    columns.push(v.map((value) => value / length));
  }
  const matrix = Array.from({ length: n * n }, (_, at) => values.reduce((sum, value, k) => sum + value * columns[k]![Math.floor(at / n)]! * columns[k]![at % n]!, 0));
  const sign = columns[0]![0]! < 0 ? -1 : 1;
  return { matrix, leading: columns[0]!.map((value) => sign * value) };
}

it.each([
  ['one number', [7], 1, [1]],
  ['zero', [0], 1, [1]],
  ['a diagonal', [1, 0, 0, 3], 2, [0, 1]],
  ['a diagonal of three, the largest in the middle', [1, 0, 0, 0, 5, 0, 0, 0, 2], 3, [0, 1, 0]],
  ['an exchange', [0, 1, 1, 0], 2, [Math.SQRT1_2, Math.SQRT1_2]],
  ['a negative matrix: the largest, not the largest in size', [-3, 0, 0, -1], 2, [0, 1]],
  ['rank one', [1, 2, 2, 2, 4, 4, 2, 4, 4], 3, [1 / 3, 2 / 3, 2 / 3]],
])('%s', (_name, a, n, expected) => find(a, n).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 12)));

it('finds the eigenvector that a matrix was made with, whatever the gap to the next eigenvalue and the size', () =>
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 30 }), fc.nat(1_000_000), fc.double({ min: -6, max: 0, noNaN: true }), fc.double({ min: -8, max: 8, noNaN: true }), (n, seed, gap, size) => {
      const values = Array.from({ length: n }, (_, k) => 10 ** size * (k === 0 ? 1 : (1 - 10 ** gap) * (1 - (k - 1) / n)));
      const { matrix, leading } = withEigenvalues(values, seed);
      const found = find(matrix, n);
      // Rounding moves an eigenvector by about 10⁻¹⁶ over the relative gap; a first entry near 0 may have either sign.
      if (Math.abs(leading[0]!) < 1e-6) return;
      found.forEach((value, i) => expect(Math.abs(value - leading[i]!)).toBeLessThan(1e-13 / 10 ** gap));
      expect(Math.hypot(...found)).toBeCloseTo(1, 12);
    }),
    { numRuns: 200 },
  ));
