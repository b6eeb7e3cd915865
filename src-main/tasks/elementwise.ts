import type { RunConfig } from '../contract/config.ts';
import { matrices, taskOf } from './family.ts';
import { ownEntry } from './pooled-regression.ts';
import { copyInput } from './references.ts';
import type { Difficulty, Task } from './types.ts';

/** Families that are harder with larger numbers: entries up to 1, harder up to 2.5 as the paper's addition. */
export const LIMIT: Readonly<Record<Difficulty, number>> = { same: 1, harder: 2.5 };

type Rank = Pick<RunConfig, 'rank'>;

/** y = x, entries U(0, 1) (harder: U(0, 2.5)). */
export const identity = ({ rank }: Rank): Task =>
  taskOf({ name: 'identity', x: matrices(rank), y: matrices(rank), linear: ownEntry(), exact: copyInput(), draw: (rng, difficulty, x) => void rng.fillUniform(x, 0, LIMIT[difficulty]), solve: (x, y) => y.set(x) });

/** y = −x with y's entries U(0, 1) (harder: U(0, 2.5)). */
export const negate = ({ rank }: Rank): Task =>
  taskOf({
    name: 'negate',
    x: matrices(rank),
    y: matrices(rank),
    linear: ownEntry(),
    exact: { name: 'linear-map', label: 'a linear map (−x)', predict: (x) => x.map((value) => -value) },
    draw: (rng, difficulty, x) => void rng.fillUniform(x, -LIMIT[difficulty], 0),
    solve(x, y) {
      for (let i = 0; i < x.length; i++) y[i] = -x[i]!;
    },
  });

/** y = x sorted upwards: r² numbers U(−1, 1) (harder: U(−2.5, 2.5)). */
export const sort = ({ rank }: Rank): Task =>
  taskOf({
    name: 'sort',
    x: matrices(rank),
    y: matrices(rank),
    // The order of x's numbers does not matter: each place depends linearly on their sum.
    linear: { groups: rank * rank, groupOf: (i) => i, features: 1, of: sumOfAll },
    draw: (rng, difficulty, x) => void rng.fillUniform(x, -LIMIT[difficulty], LIMIT[difficulty]),
    solve(x, y) {
      y.set(x);
      y.sort();
    },
  });

function sumOfAll(x: Float32Array): (i: number, into: Float64Array) => void {
  const sum = x.reduce((total, value) => total + value, 0);
  return (_i, into) => void (into[0] = sum);
}

/** y = 1 when an odd number of the r bits of x are 1, else 0. There are no harder bits. */
export const parity = ({ rank }: Rank): Task =>
  taskOf({
    name: 'parity',
    x: matrices(1, rank),
    y: matrices(1),
    // From two bits on their number tells nothing of it linearly.
    linear: { groups: 1, groupOf: () => 0, features: 1, of: sumOfAll },
    hasHarder: false,
    draw(rng, _difficulty, x) {
      for (let i = 0; i < x.length; i++) x[i] = rng.uniform() > 0.5 ? 1 : 0;
    },
    solve(x, y) {
      y[0] = x.reduce((sum, bit) => sum + bit, 0) % 2;
    },
  });
