import { applyLinear, fitLinear, type LinearFit } from './regression.ts';
import type { Problems, Reference } from './types.ts';

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

/** Fits of this process, newest last: an evaluation asks for the same one again and again. */
const fits = new Map<string, LinearFit>();
const FITS_KEPT = 4;

/**
 * Linear regression on all of x, and the constant mean, both fitted on training problems.
 *
 * @param key what the fit depends on: it is made once for each in a process
 */
export function linearRegression(key: string, widths: { readonly x: number; readonly y: number }, training: () => Problems): Reference[] {
  let fit = fits.get(key);
  if (!fit) {
    const { x, y, rows } = training();
    fit = fitLinear(x, y, rows, widths);
    fits.set(key, fit);
    if (fits.size > FITS_KEPT) fits.delete(fits.keys().next().value!);
  }
  const found = fit;
  return [{ name: 'linear-regression', label: 'linear regression', predict: (x, rows) => applyLinear(found, x, rows) }, constantMean(found.mean.y, 'constant mean')];
}
