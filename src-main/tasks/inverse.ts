import type { RunConfig } from '../contract/config.ts';
import { invertPositiveDefinite } from './cholesky.ts';
import { matrices, taskOf } from './family.ts';
import type { Task } from './types.ts';

/** Added to the diagonal. */
const RIDGE = { same: 0.5, harder: 0.1 };

/** Matrix inverse: x = A = 2 M Mᵀ + 0.5 I (harder: 0.1 I), M's entries U(−1, 1); y = A⁻¹, of exactly the float32 x. */
export const inverse = ({ rank: n }: Pick<RunConfig, 'rank'>): Task => {
  const m = new Float32Array(n * n);
  const a = new Float64Array(n * n);
  return taskOf({
    name: 'inverse',
    x: matrices(n),
    y: matrices(n),
    // Renumbering M's rows and flipping their signs does the same to A and A⁻¹: an entry off the diagonal depends linearly on the same
    // entry of A alone, one on the diagonal on the same entry and on the sum of the other diagonal entries.
    linear: {
      groups: 2,
      groupOf: (i) => (i % (n + 1) === 0 ? 0 : 1),
      features: 2,
      of(x) {
        let trace = 0;
        for (let i = 0; i < n; i++) trace += x[i * (n + 1)]!;
        return (i, into) => {
          into[0] = x[i]!;
          into[1] = i % (n + 1) === 0 ? trace - x[i]! : 0;
        };
      },
    },
    draw(rng, difficulty, x) {
      rng.fillUniform(m, -1, 1);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j <= i; j++) {
          let dot = 0;
          for (let k = 0; k < n; k++) dot += m[i * n + k]! * m[j * n + k]!;
          const value = 2 * dot + (i === j ? RIDGE[difficulty] : 0);
          x[i * n + j] = value;
          x[j * n + i] = value;
        }
      }
    },
    solve(x, y) {
      a.set(x);
      invertPositiveDefinite(a, n, y, 0);
    },
  });
};
