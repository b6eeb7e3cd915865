import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** y ≈ mean.y + W (x − mean.x), W [yWidth, xWidth] row-major. */
export interface LinearFit {
  readonly weights: Float64Array;
  readonly mean: { readonly x: Float64Array; readonly y: Float64Array };
}

/** Keeps the equations solvable where columns of x depend on each other, and is too small to matter elsewhere. */
export const RIDGE = 1e-6;
const CHUNK_ROWS = 512;

/**
 * Linear regression with a constant: minimises Σ ‖y − ȳ − W (x − x̄)‖² + ε · n · v · ‖W‖², where v is the mean variance
 * of x's columns and ε = `RIDGE`. Costs about n · xWidth · (xWidth + yWidth) multiply-adds, 1 ns each.
 *
 * @param x [rows, widths.x] @param y [rows, widths.y], rows ≥ 1
 */
export function fitLinear(x: Float32Array, y: Float32Array, rows: number, widths: { readonly x: number; readonly y: number }): LinearFit {
  const mean = { x: columnMeans(x, rows, widths.x), y: columnMeans(y, rows, widths.y) };
  const gram = Matrix.zeros(widths.x, widths.x);
  const cross = Matrix.zeros(widths.x, widths.y);
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    const end = Math.min(rows, start + CHUNK_ROWS);
    const cx = centred(x, start, end, mean.x);
    const transposed = cx.transpose();
    gram.add(transposed.mmul(cx));
    cross.add(transposed.mmul(centred(y, start, end, mean.y)));
  }
  const spread = gram.trace() / widths.x;
  // Where x never changes there is nothing to learn from it: W = 0.
  if (spread === 0) return { weights: new Float64Array(widths.y * widths.x), mean };
  for (let i = 0; i < widths.x; i++) gram.set(i, i, gram.get(i, i) + RIDGE * spread);
  const solution = new CholeskyDecomposition(gram).solve(cross);
  return { weights: Float64Array.from(solution.transpose().to1DArray()), mean };
}

/** Predictions [rows, yWidth] of a fit. */
export function applyLinear({ weights, mean }: LinearFit, x: Float32Array, rows: number): Float32Array {
  const xWidth = mean.x.length;
  const yWidth = mean.y.length;
  const out = new Float32Array(rows * yWidth);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < yWidth; j++) {
      let value = mean.y[j]!;
      for (let i = 0; i < xWidth; i++) value += weights[j * xWidth + i]! * (x[row * xWidth + i]! - mean.x[i]!);
      out[row * yWidth + j] = value;
    }
  }
  return out;
}

/** Mean of each column of [rows, width]; summed as distances from the first row, so that a constant column is exact. */
export function columnMeans(values: Float32Array, rows: number, width: number): Float64Array {
  const distances = new Float64Array(width);
  for (let row = 1; row < rows; row++) for (let i = 0; i < width; i++) distances[i]! += values[row * width + i]! - values[i]!;
  return distances.map((sum, i) => values[i]! + sum / rows);
}

function centred(values: Float32Array, start: number, end: number, means: Float64Array): Matrix {
  const width = means.length;
  const out = Float64Array.from(values.subarray(start * width, end * width));
  for (let i = 0; i < out.length; i++) out[i]! -= means[i % width]!;
  return Matrix.from1DArray(end - start, width, out);
}
