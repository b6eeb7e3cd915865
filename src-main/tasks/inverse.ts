import type { RunConfig } from '../contract/config.ts';
import { invertPositiveDefinite } from './cholesky.ts';
import { constantMean } from './references.ts';
import { applyLinear, fitLinear, type LinearFit } from './regression.ts';
import { createRng } from './rng.ts';
import type { Difficulty, Problems, Reference, Rng, Room, Task } from './types.ts';

/** Added to the diagonal. */
const RIDGE = { same: 0.5, harder: 0.1 };
/** Diagonal entries that the references are fitted on, whatever the rank. */
const FIT_ENTRIES = 32_768;

/** Matrix inverse: x = A = 2 M Mᵀ + 0.5 I (harder: 0.1 I), M's entries U(−1, 1); y = A⁻¹, of exactly the float32 x. */
export function inverse({ rank }: Pick<RunConfig, 'rank'>): Task {
  const size = rank * rank;
  const picture = { count: 1, rows: rank, columns: rank };
  const sample = (rng: Rng, rows: number, difficulty: Difficulty, room?: Room): Problems => {
    const m = rng.fillUniform(new Float32Array(rows * size), -1, 1);
    const x = room?.x ?? new Float32Array(rows * size);
    const y = room?.y ?? new Float32Array(rows * size);
    const a = new Float64Array(size);
    for (let offset = 0; offset < x.length; offset += size) {
      squareInto(x, m, offset, rank, RIDGE[difficulty]);
      a.set(x.subarray(offset, offset + size));
      invertPositiveDefinite(a, rank, y, offset);
    }
    return { rows, x, y };
  };
  return {
    name: 'inverse',
    widths: { x: size, y: size },
    pictures: { x: picture, y: picture },
    hasHarder: true,
    sample: (rng, rows, difficulty, _split, room) => sample(rng, rows, difficulty, room),
    references(seed) {
      const rows = Math.max(256, Math.ceil(FIT_ENTRIES / rank));
      return fitReferences(sample(createRng(seed, 'references'), rows, 'same'), rank);
    },
  };
}

/** 2 M Mᵀ + ridge · I at `offset`. */
function squareInto(out: Float32Array, m: Float32Array, offset: number, rank: number, ridge: number): void {
  for (let i = 0; i < rank; i++) {
    for (let j = 0; j <= i; j++) {
      let dot = 0;
      for (let k = 0; k < rank; k++) dot += m[offset + i * rank + k]! * m[offset + j * rank + k]!;
      const value = 2 * dot + (i === j ? ridge : 0);
      out[offset + i * rank + j] = value;
      out[offset + j * rank + i] = value;
    }
  }
}

/**
 * Linear regression and the constant mean, both fitted on training problems.
 *
 * Renumbering the rows of M and flipping their signs leaves the law of A unchanged, and the best linear map must
 * change with A in the same way. Only four numbers remain of its r² · (r² + 1): an entry off the diagonal is a
 * multiple of the same entry of A, one on the diagonal is a constant plus a multiple of the same entry plus a multiple
 * of the sum of the other diagonal entries. Fitting those four is the regression on all entries without its noise.
 */
function fitReferences({ rows, x, y }: Problems, rank: number): Reference[] {
  const onDiagonal = fitLinear(diagonalInputs(x, rows, rank), diagonal(y, rows, rank), rows * rank, { x: 2, y: 1 });
  const slope = offDiagonalSlope(x, y, rank);
  const mean = new Float64Array(rank * rank);
  for (let i = 0; i < rank; i++) mean[i * (rank + 1)] = onDiagonal.mean.y[0]!;
  return [
    { name: 'linear-regression', label: 'linear regression', predict: (input, count) => predictLinear(input, count, rank, onDiagonal, slope) },
    constantMean(mean, 'constant mean matrix'),
  ];
}

function predictLinear(x: Float32Array, rows: number, rank: number, onDiagonal: LinearFit, slope: number): Float32Array {
  const out = x.map((value) => slope * value);
  const entries = applyLinear(onDiagonal, diagonalInputs(x, rows, rank), rows * rank);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < rank; i++) out[row * rank * rank + i * (rank + 1)] = entries[row * rank + i]!;
  }
  return out;
}

/** Diagonals [rows, rank]. */
function diagonal(matrices: Float32Array, rows: number, rank: number): Float32Array {
  const out = new Float32Array(rows * rank);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < rank; i++) out[row * rank + i] = matrices[row * rank * rank + i * (rank + 1)]!;
  }
  return out;
}

/** For each diagonal entry, that entry and the sum of the others [rows · rank, 2]. */
function diagonalInputs(matrices: Float32Array, rows: number, rank: number): Float32Array {
  const entries = diagonal(matrices, rows, rank);
  const out = new Float32Array(2 * entries.length);
  for (let row = 0; row < rows; row++) {
    const own = entries.subarray(row * rank, (row + 1) * rank);
    const trace = own.reduce((sum, value) => sum + value, 0);
    for (let i = 0; i < rank; i++) {
      out[2 * (row * rank + i)] = own[i]!;
      out[2 * (row * rank + i) + 1] = trace - own[i]!;
    }
  }
  return out;
}

/** Least squares y = slope · x over all entries off the diagonal; 0 at rank 1, where there is none. */
function offDiagonalSlope(x: Float32Array, y: Float32Array, rank: number): number {
  let xy = 0;
  let xx = 0;
  for (let entry = 0; entry < x.length; entry++) {
    if ((entry % (rank * rank)) % (rank + 1) === 0) continue;
    xy += x[entry]! * y[entry]!;
    xx += x[entry]! * x[entry]!;
  }
  return xx === 0 ? 0 : xy / xx;
}
