import fc from 'fast-check';
import { EigenvalueDecomposition, Matrix, determinant, solve } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src-main/tasks/rng.ts';
import type { Difficulty } from '../../../src-main/tasks/types.ts';
import { meanSquare, open, referenceErrors } from './measure.ts';

/** One problem of a task at a rank: x and y as numbers. */
function problem(task: string, rank: number, seed: number, difficulty: Difficulty = 'same') {
  const { x, y } = open(task, rank).sample(createRng(seed, 'labels'), 1, difficulty, 'test');
  return { x: Float64Array.from(x), y: Float64Array.from(y) };
}
const matrix = (values: Float64Array, rank: number, block = 0): Matrix => Matrix.from1DArray(rank, rank, values.slice(block * rank * rank, (block + 1) * rank * rank));
const largest = (m: Matrix): number => Math.max(...m.to1DArray().map(Math.abs));

/** Checks a property of labels over ranks, seeds and difficulties. */
const forAll = (check: (rank: number, seed: number, difficulty: Difficulty) => void, ranks: { min: number; max: number } = { min: 1, max: 24 }): void =>
  fc.assert(fc.property(fc.integer(ranks), fc.nat(1_000_000), fc.constantFrom('same', 'harder'), check), { numRuns: 60 });

describe('labels, by another computation', () => {
  it('identity and negate: y ∓ x = 0', () =>
    forAll((rank, seed, difficulty) => {
      const { x, y } = problem('identity', rank, seed, difficulty);
      expect(y).toEqual(x);
      const other = problem('negate', rank, seed, difficulty);
      expect(other.y).toEqual(other.x.map((value) => -value));
    }));

  it('square: 5 y = x·x', () =>
    forAll((rank, seed, difficulty) => {
      const { x, y } = problem('square', rank, seed, difficulty);
      const m = matrix(x, rank);
      expect(largest(Matrix.sub(m.mmul(m), Matrix.mul(matrix(y, rank), 5)))).toBeLessThan(1e-4);
    }));

  it('det: by expansion along rows', () =>
    forAll((rank, seed) => {
      const { x, y } = problem('det', rank, seed);
      expect(y[0]).toBeCloseTo(10 * expansion(matrix(x, rank).to2DArray()), 4);
    }, { min: 1, max: 6 }));

  it('det: as ml-matrix finds it', () =>
    forAll((rank, seed) => {
      const { x, y } = problem('det', rank, seed);
      const exact = 10 * determinant(matrix(x, rank));
      expect(Math.abs(y[0]! - exact)).toBeLessThan(1e-5 * Math.max(1, Math.abs(exact)));
    }));

  it('lu: L·U is x with its rows in another order, L is unit lower triangular with entries of at most 1, U upper', () =>
    forAll((rank, seed, difficulty) => {
      const { x, y } = problem('lu', rank, seed, difficulty);
      const [l, u] = [matrix(y, rank, 0), matrix(y, rank, 1)];
      for (let i = 0; i < rank; i++) {
        expect(l.get(i, i)).toBe(1);
        for (let j = 0; j < i; j++) expect([u.get(i, j), l.get(j, i)]).toEqual([0, 0]);
      }
      expect(largest(l)).toBeLessThanOrEqual(1);
      const product = l.mmul(u).to2DArray();
      const unmatched = matrix(x, rank).to2DArray();
      for (const row of product) {
        const at = unmatched.findIndex((other) => other.every((value, j) => Math.abs(value - row[j]!) < 1e-4));
        expect(at).toBeGreaterThanOrEqual(0);
        unmatched.splice(at, 1);
      }
    }));

  it('qr: Q·R = x, QᵀQ = I, R upper triangular', () =>
    forAll((rank, seed, difficulty) => {
      const { x, y } = problem('qr', rank, seed, difficulty);
      const [q, r] = [matrix(y, rank, 0), matrix(y, rank, 1)];
      expect(largest(Matrix.sub(q.mmul(r), matrix(x, rank)))).toBeLessThan(1e-5);
      expect(largest(Matrix.sub(q.transpose().mmul(q), Matrix.eye(rank)))).toBeLessThan(1e-5);
      for (let i = 0; i < rank; i++) for (let j = 0; j < i; j++) expect(r.get(i, j)).toBe(0);
      // LAPACK's signs: the first reflection sends the first column to the other side of 0.
      if (rank > 1) expect(Math.sign(r.get(0, 0))).toBe(-Math.sign(x[0]!));
    }));

  // As numpy 2.4.6's linalg.qr and scipy's linalg.lu give them, to six digits.
  it.each([
    ['qr', [-0.365148, -0.550482, 0.218716, -0.718192, 0.730297, -0.110096, -0.50913, -0.441964, -0.182574, 0.825723, 0.022451, -0.53324, -0.547723, -0.055048, -0.832134, 0.067255],
      [-1.369306, 0.342327, -0.159752, 0.479257, 0, 1.135369, -0.763794, -0.956462, 0, 0, -1.046051, 0.744684, 0, 0, 0, -0.676157]],
    ['lu', [1, 0, 0, 0, -0.25, 1, 0, 0, -0.75, -0.172414, 1, 0, -0.5, -0.758621, 0.093645, 1], [-1, 0.125, 0.5, 0.375, 0, 0.90625, -0.5, -0.40625, 0, 0, 1.288793, -0.663793, 0, 0, 0, 0.941472]],
  ])('%s: signs and order as in LAPACK', (name, first, second) => {
    const given = [0.5, -0.75, 0.25, 1, -1, 0.125, 0.5, 0.375, 0.25, 0.875, -0.625, -0.5, 0.75, -0.25, 1, -0.875];
    const rng = { ...createRng(1, 'unused'), fillUniform: (out: Float32Array) => (out.set(given), out) };
    open(name, 4).sample(rng, 1, 'same', 'test').y.forEach((value, i) => expect(value).toBeCloseTo([...first, ...second][i]!, 5));
  });

  it('sort: a permutation of x, upwards', () =>
    forAll((rank, seed, difficulty) => {
      const { x, y } = problem('sort', rank, seed, difficulty);
      expect([...y]).toEqual([...x].sort((a, b) => a - b));
    }));

  it('eigen: x·y = λ y with the largest λ, ‖y‖ = 1, first entry not negative', () =>
    forAll((rank, seed, difficulty) => {
      const { x, y } = problem('eigen', rank, seed, difficulty);
      const m = matrix(x, rank);
      const v = Matrix.columnVector([...y]);
      const lambda = Math.max(...new EigenvalueDecomposition(m, { assumeSymmetric: true }).realEigenvalues);
      expect(v.norm()).toBeCloseTo(1, 6);
      expect(y[0]).toBeGreaterThanOrEqual(0);
      // The residual says that it is an eigenvector, the quotient that it is the leading one.
      const image = m.mmul(v);
      expect(largest(Matrix.sub(image, Matrix.mul(v, lambda)))).toBeLessThan(1e-5 * Math.max(lambda, 1e-3));
    }));

  it('equation: A·y = b, and y is what a solver finds where A is well conditioned', () =>
    forAll((rank, seed, difficulty) => {
      const { x, y } = problem('equation', rank, seed, difficulty);
      const a = matrix(x, rank);
      const b = Matrix.columnVector([...x.slice(rank * rank)]);
      const scale = largest(a) * rank;
      expect(largest(Matrix.sub(a.mmul(Matrix.columnVector([...y])), b))).toBeLessThan(1e-6 * scale);
      const eigenvalues = new EigenvalueDecomposition(a, { assumeSymmetric: true }).realEigenvalues.map(Math.abs);
      if (Math.max(...eigenvalues) / Math.min(...eigenvalues) < 1e3) expect(largest(Matrix.sub(solve(a, b), Matrix.columnVector([...y])))).toBeLessThan(1e-2);
    }));

  it('shortest-path-matrix: as Dijkstra finds from each node', () =>
    forAll((rank, seed, difficulty) => {
      const { x, y } = problem('shortest-path-matrix', rank, seed, difficulty);
      for (let from = 0; from < rank; from++) {
        const found = dijkstra(x, rank, from);
        for (let to = 0; to < rank; to++) expect(Math.abs(y[from * rank + to]! - found[to]!)).toBeLessThan(1e-6);
      }
    }));

  it('parity: the exclusive or of all bits', () =>
    forAll((rank, seed) => {
      const { x, y } = problem('parity', rank, seed);
      expect(y[0]).toBe([...x].reduce((odd, bit) => odd ^ bit, 0));
    }, { min: 1, max: 64 }));

  it('addition-2d: sums of two vectors of the plane, whatever the rank says', () =>
    forAll((rank, seed, difficulty) => {
      const { x, y } = problem('addition-2d', rank, seed, difficulty);
      expect(x).toHaveLength(4);
      expect([...y]).toEqual([Math.fround(x[0]! + x[2]!), Math.fround(x[1]! + x[3]!)]);
    }));
});

/** The determinant by Laplace's expansion along the first row. */
function expansion([first, ...rest]: number[][]): number {
  if (!first) return 1;
  return first.reduce((sum, value, j) => sum + (j % 2 === 0 ? value : -value) * expansion(rest.map((row) => row.filter((_, k) => k !== j))), 0);
}

function dijkstra(weights: Float64Array, n: number, from: number): Float64Array {
  const distance = new Float64Array(n).fill(Infinity);
  const done = new Set<number>();
  distance[from] = 0;
  while (done.size < n) {
    const nearest = [...distance.keys()].filter((node) => !done.has(node)).reduce((a, b) => (distance[b]! < distance[a]! ? b : a));
    done.add(nearest);
    for (let to = 0; to < n; to++) distance[to] = Math.min(distance[to]!, distance[nearest]! + weights[nearest * n + to]!);
  }
  return distance;
}

describe('trivial references', () => {
  it('linear regression beats the constant mean where x tells something linearly, and predict 0 never beats it', () => {
    for (const name of ['sort', 'shortest-path-matrix', 'equation', 'eigen', 'lu', 'qr'] as const) {
      const errors = referenceErrors(open(name, 5), 'same', 4000);
      expect(errors['linear-regression']!, name).toBeLessThan(1.002 * errors['constant-mean']!);
      expect(errors['constant-mean']!, name).toBeLessThan(1.02 * errors['zero']!);
    }
  });

  it('linear regression finds a linear truth', () => {
    // Rank 1: 10·det x = 10 x, and sorting one number returns it.
    expect(referenceErrors(open('det', 1), 'same', 1000)['linear-regression']).toBeLessThan(1e-6);
    expect(referenceErrors(open('sort', 1), 'same', 1000)['linear-regression']).toBeLessThan(1e-6);
  });

  it('nothing linear is known of parity and of squares: variance ¼, and no better than the constant mean', () => {
    const parity = referenceErrors(open('parity', 12), 'same', 4000);
    expect(parity['constant-mean']).toBeCloseTo(0.25, 2);
    expect(parity['zero']).toBeCloseTo(0.5, 1);
    expect(parity['linear-regression']! / parity['constant-mean']!).toBeGreaterThan(0.99);
    expect(Object.keys(referenceErrors(open('square', 5), 'same', 10))).toEqual(['zero', 'copy-input', 'constant-mean']);
  });

  it('exact maps are exact', () => {
    expect(referenceErrors(open('identity', 6), 'harder', 100)['copy-input']).toBe(0);
    expect(referenceErrors(open('negate', 6), 'harder', 100)['linear-map']).toBe(0);
    expect(referenceErrors(open('addition-2d', 1), 'harder', 100)['linear-map']).toBe(0);
  });

  it('numbers of a law: E[y²] of copies and of sorted numbers is that of the numbers', () => {
    expect(referenceErrors(open('identity', 10), 'same', 2000)['zero']).toBeCloseTo(1 / 3, 2);
    expect(meanSquare(open('sort', 10).sample(createRng(3, 'a'), 2000, 'harder', 'test').y) / (2.5 ** 2 / 3)).toBeCloseTo(1, 1);
  });
});
