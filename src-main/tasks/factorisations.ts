import type { RunConfig } from '../contract/config.ts';
import { LIMIT } from './elementwise.ts';
import { matrices, taskOf } from './family.ts';
import { squareSymmetric } from './products.ts';
import type { Task } from './types.ts';

/*
 * Answers by direct methods in float64 on flat arrays: they are computed for every problem of every batch, beside a training iteration
 * of about 0.1 s, and ml-matrix takes ten times as long.
 */

type Rank = Pick<RunConfig, 'rank'>;

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

/** The leading share of M^(2^k)'s trace from which its columns are the leading eigenvector to float32's precision. */
const CONVERGED = 1 - 1e-15;
const SQUARINGS = 60;

/**
 * y = the eigenvector of x = S·Sᵀ with the largest eigenvalue, of length 1, its first entry not negative; S = (X + Xᵀ)/2, X's entries
 * U(−1, 1) (harder: U(−2.5, 2.5)). Found by squaring x until one eigenvalue is left: k squarings are 2^k power iterations.
 */
export const eigen = ({ rank: n }: Rank): Task => {
  const powers = [new Float64Array(n * n), new Float64Array(n * n)] as const;
  const symmetric = new Float64Array(n * n);
  return taskOf({
    name: 'eigen',
    x: matrices(n),
    y: matrices(1, n),
    draw(rng, difficulty, x) {
      rng.fillUniform(x, -LIMIT[difficulty], LIMIT[difficulty]);
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) symmetric[i * n + j] = (x[i * n + j]! + x[j * n + i]!) / 2;
      squareSymmetric(symmetric, n, x);
    },
    solve(x, y) {
      let [power, other]: [Float64Array, Float64Array] = [powers[0], powers[1]];
      power.set(x);
      normalise(power, trace(power, n));
      for (let k = 0; k < SQUARINGS; k++) {
        squareSymmetric(power, n, other);
        [power, other] = [other, power];
        // With eigenvalues that sum to 1, the sum of their squares is 1 when only one is left.
        const left = trace(power, n);
        normalise(power, left);
        if (left >= CONVERGED) break;
      }
      // M^∞ = v·vᵀ: the column of the largest diagonal entry is v times that entry's root.
      let column = 0;
      for (let i = 1; i < n; i++) if (power[i * (n + 1)]! > power[column * (n + 1)]!) column = i;
      let norm = 0;
      for (let i = 0; i < n; i++) norm += power[i * n + column]! ** 2;
      const scale = (power[column]! < 0 ? -1 : 1) / Math.sqrt(norm);
      for (let i = 0; i < n; i++) y[i] = power[i * n + column]! * scale;
    },
  });
};

const trace = (a: Float64Array, n: number): number => {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += a[i * (n + 1)]!;
  return sum;
};

function normalise(a: Float64Array, by: number): void {
  for (let i = 0; i < a.length; i++) a[i]! /= by;
}
