import type { RunConfig } from '../contract/config.ts';
import { flatShapes } from './flat.ts';
import { predictZero } from './references.ts';
import type { Reference, Task } from './types.ts';

const LIMIT = { same: 1, harder: 2.5 };

/** Sum of two matrices: x = [A, B], entries U(−1, 1) (harder: U(−2.5, 2.5)); y = A + B. */
export const addition = ({ rank }: Pick<RunConfig, 'rank'>): Task => sums('addition', rank, rank);

/** Sum of two vectors of the plane: x ∈ R⁴, y ∈ R². Its energy is a landscape that can be drawn. */
export const additionInThePlane = (): Task => sums('addition-2d', 1, 2);

function sums(name: string, rows: number, columns: number): Task {
  const size = rows * columns;
  return {
    name,
    ...flatShapes({ widths: { x: 2 * size, y: size }, pictures: { x: { count: 2, rows, columns }, y: { count: 1, rows, columns } } }),
    hasHarder: true,
    sample(rng, count, difficulty, _split, room) {
      const x = rng.fillUniform(room?.x ?? new Float32Array(count * 2 * size), -LIMIT[difficulty], LIMIT[difficulty]);
      return { rows: count, x, y: sum(x, count, size, room?.y) };
    },
    references: () => [predictZero(size), linearMap(size)],
  };
}

function sum(x: Float32Array, rows: number, size: number, y: Float32Array = new Float32Array(rows * size)): Float32Array {
  for (let row = 0; row < rows; row++) {
    const a = row * 2 * size;
    for (let i = 0; i < size; i++) y[row * size + i] = x[a + i]! + x[a + size + i]!;
  }
  return y;
}

/** The task itself is linear: this line lies at 0 and says so. */
const linearMap = (size: number): Reference => ({ name: 'linear-map', label: 'a linear map (A + B)', predict: (x, rows) => sum(x, rows, size) });
