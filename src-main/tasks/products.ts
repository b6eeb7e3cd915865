import type { RunConfig } from '../contract/config.ts';
import { LIMIT } from './elementwise.ts';
import { matrices, taskOf } from './family.ts';
import { ownEntry } from './pooled-regression.ts';
import type { Task } from './types.ts';

type Rank = Pick<RunConfig, 'rank'>;

/** y = M·M / 5, M's entries U(−1, 1) (harder: U(−2.5, 2.5)). Its sign changes nothing, so no linear map beats the constant mean. */
export const square = ({ rank }: Rank): Task =>
  taskOf({
    name: 'square',
    x: matrices(rank),
    y: matrices(rank),
    linear: { groups: 2, groupOf: (i) => (i % (rank + 1) === 0 ? 0 : 1), features: 0, of: () => () => undefined },
    draw: (rng, difficulty, x) => void rng.fillUniform(x, -LIMIT[difficulty], LIMIT[difficulty]),
    solve(m, y) {
      for (let i = 0; i < rank; i++) {
        for (let j = 0; j < rank; j++) {
          let dot = 0;
          for (let k = 0; k < rank; k++) dot += m[i * rank + k]! * m[k * rank + j]!;
          y[i * rank + j] = dot / 5;
        }
      }
    },
  });

/**
 * Linear equations A·y = b: S = X + Xᵀ with X's entries U(−1, 1), A = S·Sᵀ, y from U(−1, 1) (harder: U(−2.5, 2.5)) is drawn and
 * b = A·y; x = [A, b]. b is rounded to float32, so that y solves it to float32's precision times A's condition.
 */
export const equation = ({ rank }: Rank): Task => {
  const symmetric = new Float64Array(rank * rank);
  return taskOf({
    name: 'equation',
    // A with b as one more row below it.
    x: matrices(rank + 1, rank),
    y: matrices(1, rank),
    // Flipping signs of S's rows and columns together flips those of y and b: yᵢ depends linearly on bᵢ alone.
    linear: ownEntry(rank * rank),
    draw(rng, difficulty, x, y) {
      const a = x.subarray(0, rank * rank);
      rng.fillUniform(a, -1, 1);
      for (let i = 0; i < rank; i++) for (let j = 0; j < rank; j++) symmetric[i * rank + j] = a[i * rank + j]! + a[j * rank + i]!;
      squareSymmetric(symmetric, rank, a);
      rng.fillUniform(y, -LIMIT[difficulty], LIMIT[difficulty]);
      for (let i = 0; i < rank; i++) {
        let dot = 0;
        for (let k = 0; k < rank; k++) dot += a[i * rank + k]! * y[k]!;
        x[rank * rank + i] = dot;
      }
    },
  });
};

/** S·S of a symmetric S [n, n]. */
export function squareSymmetric(s: Float64Array, n: number, out: Float32Array | Float64Array): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let dot = 0;
      for (let k = 0; k < n; k++) dot += s[i * n + k]! * s[j * n + k]!;
      out[i * n + j] = dot;
      out[j * n + i] = dot;
    }
  }
}
