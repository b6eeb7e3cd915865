import type { RunConfig } from '../contract/config.ts';
import { LIMIT } from './elementwise.ts';
import { matrices, taskOf } from './family.ts';
import type { Task } from './types.ts';

/**
 * Shortest paths as a matrix problem: x = W = U + Uᵀ with U's entries U(0, 1) (harder: U(0, 2.5)) and zeros on the diagonal; y = lengths
 * of the shortest paths between all pairs.
 */
export const shortestPathMatrix = ({ rank: n }: Pick<RunConfig, 'rank'>): Task => {
  const distance = new Float64Array(n * n);
  return taskOf({
    name: 'shortest-path-matrix',
    x: matrices(n),
    y: matrices(n),
    // Nodes may be renumbered: a path depends linearly on its own edge, on all edges at its ends, and on all edges.
    linear: {
      groups: 2,
      groupOf: (i) => (i % (n + 1) === 0 ? 0 : 1),
      features: 3,
      of(x) {
        const at = new Float64Array(n);
        let all = 0;
        for (let i = 0; i < n * n; i++) {
          at[i % n]! += x[i]!;
          all += x[i]!;
        }
        return (i, into) => {
          into[0] = x[i]!;
          into[1] = at[i % n]! + at[Math.floor(i / n)]!;
          into[2] = all;
        };
      },
    },
    draw(rng, difficulty, x) {
      rng.fillUniform(x, 0, LIMIT[difficulty]);
      for (let i = 0; i < n; i++) {
        x[i * n + i] = 0;
        for (let j = 0; j < i; j++) x[i * n + j] = x[j * n + i] = x[i * n + j]! + x[j * n + i]!;
      }
    },
    solve(x, y) {
      distance.set(x);
      allPairs(distance, n);
      y.set(distance);
    },
  });
};

/** Floyd–Warshall, in place: edge lengths [n, n] become lengths of shortest paths. */
export function allPairs(d: Float64Array, n: number): void {
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      const first = d[i * n + k]!;
      for (let j = 0; j < n; j++) {
        const through = first + d[k * n + j]!;
        if (through < d[i * n + j]!) d[i * n + j] = through;
      }
    }
  }
}
