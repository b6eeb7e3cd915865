import type { RunConfig } from '../contract/config.ts';
import { LIMIT } from './elementwise.ts';
import { matrices, taskOf } from './family.ts';
import { leadingEigenvector } from './leading-eigenvector.ts';
import { squareSymmetric } from './products.ts';
import type { Task } from './types.ts';

/*
 * Answers by direct methods in float64 on flat arrays: they are computed for every problem of every batch, beside a training iteration
 * of about 0.1 s, and ml-matrix takes ten times as long.
 */

type Rank = Pick<RunConfig, 'rank'>;

/** Whether entry i of a row-major [n, n] lies on the diagonal or above; false for a negative i. */
const isUpper = (i: number, n: number): boolean => i >= 0 && Math.floor(i / n) <= i % n;

/**
 * Factors A = P·L·U with partial pivoting in place: L below the diagonal (its own is 1), U above.
 *
 * @returns the sign of P, 0 for a singular matrix
 */
function factorLu(a: Float64Array, n: number): number {
  let sign = 1;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i * n + k]!) > Math.abs(a[pivot * n + k]!)) pivot = i;
    if (a[pivot * n + k] === 0) return 0;
    if (pivot !== k) {
      sign = -sign;
      for (let j = 0; j < n; j++) {
        const held = a[k * n + j]!;
        a[k * n + j] = a[pivot * n + j]!;
        a[pivot * n + j] = held;
      }
    }
    for (let i = k + 1; i < n; i++) {
      const factor = a[i * n + k]! / a[k * n + k]!;
      a[i * n + k] = factor;
      for (let j = k + 1; j < n; j++) a[i * n + j]! -= factor * a[k * n + j]!;
    }
  }
  return sign;
}

/** y = [L, U] of x = P·L·U by partial pivoting, x's entries U(−1, 1) (harder: U(−2.5, 2.5)). P is not asked for (as released). */
export const lu = ({ rank: n }: Rank): Task => {
  const a = new Float64Array(n * n);
  return taskOf({
    name: 'lu',
    x: matrices(n),
    y: matrices(n, n, 2),
    // Flipping a column of x flips U's and leaves L, and the order of rows changes neither: U's entries depend linearly on their column's sum.
    linear: {
      groups: 2 * n * n,
      groupOf: (i) => i,
      features: 1,
      of(x) {
        const sums = new Float64Array(n);
        for (let i = 0; i < n * n; i++) sums[i % n]! += x[i]!;
        return (i, into) => void (into[0] = isUpper(i - n * n, n) ? sums[i % n]! : 0);
      },
    },
    draw: (rng, difficulty, x) => void rng.fillUniform(x, -LIMIT[difficulty], LIMIT[difficulty]),
    solve(x, y) {
      a.set(x);
      factorLu(a, n);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          y[i * n + j] = i === j ? 1 : i > j ? a[i * n + j]! : 0;
          y[n * n + i * n + j] = i <= j ? a[i * n + j]! : 0;
        }
      }
    },
  });
};

/** y = 10·det x, entries U(0, 1). Larger entries would multiply it by their size to the power r: there is no harder law. */
export const det = ({ rank: n }: Rank): Task => {
  const a = new Float64Array(n * n);
  return taskOf({
    name: 'det',
    x: matrices(n),
    y: matrices(1),
    // Exchanging two rows changes its sign, so from three rows on no entry tells of it linearly.
    linear: {
      groups: 1,
      groupOf: () => 0,
      features: 2,
      of: (x) => (_i, into) => {
        into.fill(0);
        for (let i = 0; i < n * n; i++) into[i % (n + 1) === 0 ? 0 : 1]! += x[i]!;
      },
    },
    hasHarder: false,
    draw: (rng, _difficulty, x) => void rng.fillUniform(x, 0, 1),
    solve(x, y) {
      a.set(x);
      let product = 10 * factorLu(a, n);
      for (let i = 0; i < n; i++) product *= a[i * (n + 1)]!;
      y[0] = product;
    },
  });
};

/** y = [Q, R] of x = Q·R by Householder reflections with LAPACK's signs (as numpy's, as released), x's entries U(−1, 1) (harder: U(−2.5, 2.5)). */
export const qr = ({ rank: n }: Rank): Task => {
  const r = new Float64Array(n * n);
  const q = new Float64Array(n * n);
  const v = new Float64Array(n);
  return taskOf({
    name: 'qr',
    x: matrices(n),
    y: matrices(n, n, 2),
    // Flipping a column of x leaves Q and flips R's, flipping a row flips R's: R's entries depend linearly on x's own entry, Q's on none.
    linear: { groups: 2 * n * n, groupOf: (i) => i, features: 1, of: (x) => (i, into) => void (into[0] = isUpper(i - n * n, n) ? x[i - n * n]! : 0) },
    draw: (rng, difficulty, x) => void rng.fillUniform(x, -LIMIT[difficulty], LIMIT[difficulty]),
    solve(x, y) {
      r.set(x);
      q.fill(0);
      for (let i = 0; i < n; i++) q[i * (n + 1)] = 1;
      // The last row needs no reflection, so its sign stays.
      for (let k = 0; k < n - 1; k++) reflect(r, q, v, n, k);
      for (let i = 0; i < n * n; i++) {
        y[i] = q[i]!;
        y[n * n + i] = Math.floor(i / n) <= i % n ? r[i]! : 0;
      }
    },
  });
};

/** Makes column k of r zero below the diagonal by the reflection H = I − 2 v vᵀ / ‖v‖²: r ← H·r, q ← q·H. */
function reflect(r: Float64Array, q: Float64Array, v: Float64Array, n: number, k: number): void {
  let norm = 0;
  for (let i = k; i < n; i++) norm += r[i * n + k]! ** 2;
  const head = r[k * n + k]!;
  v[k] = head + (head >= 0 ? 1 : -1) * Math.sqrt(norm);
  for (let i = k + 1; i < n; i++) v[i] = r[i * n + k]!;
  const length = norm - head ** 2 + v[k] ** 2;
  if (length === 0) return;
  for (let j = 0; j < n; j++) {
    let down = 0;
    let across = 0;
    for (let i = k; i < n; i++) {
      down += v[i]! * r[i * n + j]!;
      across += v[i]! * q[j * n + i]!;
    }
    for (let i = k; i < n; i++) {
      r[i * n + j]! -= (2 * down * v[i]!) / length;
      q[j * n + i]! -= (2 * across * v[i]!) / length;
    }
  }
}

/**
 * y = the eigenvector of x = S·Sᵀ with the largest eigenvalue, of length 1, its first entry not negative; S = (X + Xᵀ)/2, X's entries
 * U(−1, 1) (harder: U(−2.5, 2.5)).
 */
export const eigen = ({ rank: n }: Rank): Task => {
  const symmetric = new Float64Array(n * n);
  const found = new Float64Array(n);
  return taskOf({
    name: 'eigen',
    x: matrices(n),
    y: matrices(1, n),
    // Flipping signs of S's rows and columns together flips those of the answer, so v₀ depends linearly on x's diagonal alone, and vᵢ on x₀ᵢ.
    linear: {
      groups: 2,
      groupOf: (i) => (i === 0 ? 0 : 1),
      features: 2,
      of(x) {
        let trace = 0;
        for (let i = 0; i < n; i++) trace += x[i * (n + 1)]!;
        return (i, into) => {
          into[0] = x[i]!;
          into[1] = i === 0 ? trace - x[0]! : 0;
        };
      },
    },
    draw(rng, difficulty, x) {
      rng.fillUniform(x, -LIMIT[difficulty], LIMIT[difficulty]);
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) symmetric[i * n + j] = (x[i * n + j]! + x[j * n + i]!) / 2;
      squareSymmetric(symmetric, n, x);
    },
    solve(x, y) {
      symmetric.set(x);
      leadingEigenvector(symmetric, n, found);
      y.set(found);
    },
  });
};
