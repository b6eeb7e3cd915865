import type { RunConfig } from '../contract/config.ts';
import { matrices, taskOf } from './family.ts';
import { copyInput } from './references.ts';
import type { Difficulty, Reference, Task } from './types.ts';

/** Families that are harder with larger numbers: entries up to 1, harder up to 2.5 as the paper's addition. */
export const LIMIT: Readonly<Record<Difficulty, number>> = { same: 1, harder: 2.5 };

type Rank = Pick<RunConfig, 'rank'>;

/** y = x, entries U(0, 1) (harder: U(0, 2.5)). Copying is exact. */
export const identity = ({ rank }: Rank): Task =>
  taskOf({ name: 'identity', x: matrices(rank), y: matrices(rank), draw: (rng, difficulty, x) => void rng.fillUniform(x, 0, LIMIT[difficulty]), solve: (x, y) => y.set(x), references: () => [copyInput()] });

/** y = −x, entries U(0, 1) (harder: U(0, 2.5)). A linear map is exact. */
export const negate = ({ rank }: Rank): Task =>
  taskOf({ name: 'negate', x: matrices(rank), y: matrices(rank), draw: (rng, difficulty, x) => void rng.fillUniform(x, 0, LIMIT[difficulty]), solve: opposite, references: () => [copyInput(), linearMap] });

function opposite(x: Float32Array, y: Float32Array): void {
  for (let i = 0; i < x.length; i++) y[i] = -x[i]!;
}

const linearMap: Reference = { name: 'linear-map', label: 'a linear map (−x)', predict: (x) => x.map((value) => -value) };

/** y = x sorted upwards: r² numbers U(−1, 1) (harder: U(−2.5, 2.5)). */
export const sort = ({ rank }: Rank): Task =>
  taskOf({
    name: 'sort',
    x: matrices(rank),
    y: matrices(rank),
    draw: (rng, difficulty, x) => void rng.fillUniform(x, -LIMIT[difficulty], LIMIT[difficulty]),
    solve(x, y) {
      y.set(x);
      y.sort();
    },
  });

/** y = 1 when an odd number of the r bits of x are 1, else 0. There are no harder bits. */
export const parity = ({ rank }: Rank): Task =>
  taskOf({
    name: 'parity',
    x: matrices(1, rank),
    y: matrices(1),
    hasHarder: false,
    draw(rng, _difficulty, x) {
      for (let i = 0; i < x.length; i++) x[i] = rng.uniform() > 0.5 ? 1 : 0;
    },
    solve(x, y) {
      y[0] = x.reduce((sum, bit) => sum + bit, 0) % 2;
    },
  });
