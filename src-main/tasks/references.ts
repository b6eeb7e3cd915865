import type { Reference } from './types.ts';

/** Predicts 0 everywhere. */
export const predictZero = (width: number): Reference => ({ name: 'zero', label: 'predict 0', predict: (_x, rows) => new Float32Array(rows * width) });

/** Returns the problem as its answer; x and y must be equally wide. */
export const copyInput = (): Reference => ({ name: 'copy-input', label: 'return the input', predict: (x) => x.slice() });

/** Predicts the same answer for every problem: the mean [width] of the training answers. */
export const constantMean = (mean: Float32Array | Float64Array, label: string): Reference => ({
  name: 'constant-mean',
  label,
  predict(_x, rows) {
    const out = new Float32Array(rows * mean.length);
    for (let row = 0; row < rows; row++) out.set(mean, row * mean.length);
    return out;
  },
});
