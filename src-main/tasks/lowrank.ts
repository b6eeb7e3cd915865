import type { RunConfig } from '../contract/config.ts';
import { flatShapes } from './flat.ts';
import { copyInput, predictZero } from './references.ts';
import type { Rng, Task } from './types.ts';

/** Rank of the matrix to complete, whatever its size (as released). */
const INNER = 10;
const NOISE = 0.1;
/** UVᵀ is divided by this. */
const DIVISOR = { same: 20, harder: 5 };

/**
 * Matrix completion: R = 0.1 · N(0, 1) + U Vᵀ / 20 (harder: / 5), U and V ∈ R^{r×10} from N(0, 1); x shows each entry
 * of R with probability ½, else 0, and does not say which; y = R.
 *
 * No linear map does better than returning the input: flipping the signs of rows of U and V changes nothing in the
 * law, so only an entry itself can tell something about it linearly, and where it is seen it is seen exactly.
 */
export function lowrank({ rank }: Pick<RunConfig, 'rank'>): Task {
  const size = rank * rank;
  const picture = { count: 1, rows: rank, columns: rank };
  return {
    name: 'lowrank',
    ...flatShapes({ widths: { x: size, y: size }, pictures: { x: picture, y: picture } }),
    hasHarder: true,
    sample(rng, rows, difficulty, _split, room) {
      const y = rng.fillNormal(room?.y ?? new Float32Array(rows * size), NOISE);
      addProducts(rng, y, rows, rank, DIVISOR[difficulty]);
      const x = room?.x ?? new Float32Array(y.length);
      for (let i = 0; i < x.length; i++) x[i] = rng.uniform() < 0.5 ? y[i]! : 0;
      return { rows, x, y };
    },
    references: () => [predictZero(size), copyInput()],
  };
}

/** Adds U Vᵀ / divisor to each matrix. */
function addProducts(rng: Rng, matrices: Float32Array, rows: number, rank: number, divisor: number): void {
  const u = new Float32Array(rank * INNER);
  const v = new Float32Array(rank * INNER);
  for (let row = 0; row < rows; row++) {
    rng.fillNormal(u, 1);
    rng.fillNormal(v, 1);
    for (let i = 0; i < rank; i++) {
      for (let j = 0; j < rank; j++) {
        let dot = 0;
        for (let k = 0; k < INNER; k++) dot += u[i * INNER + k]! * v[j * INNER + k]!;
        matrices[(row * rank + i) * rank + j]! += dot / divisor;
      }
    }
  }
}
