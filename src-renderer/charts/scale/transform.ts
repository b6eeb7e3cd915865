import type { Scale } from '../types.ts';

/** A monotone map from values to a line on which the axis is even, and back. */
export interface Transform {
  readonly forward: (value: number) => number;
  readonly inverse: (position: number) => number;
}

const LINEAR: Transform = { forward: (value) => value, inverse: (position) => position };
/** Values ≤ 0 have no place on it: −∞. */
const LOG: Transform = { forward: (value) => (value > 0 ? Math.log10(value) : -Infinity), inverse: (position) => 10 ** position };

/**
 * sign(v) · log10(1 + |v| / c): linear within ±c, decades beyond (Webber 2013, "A bi-symmetric log transformation for wide-range data").
 * @param threshold c > 0, in the unit of the values
 */
const symlog = (threshold: number): Transform => ({
  forward: (value) => (Math.sign(value) * Math.log1p(Math.abs(value) / threshold)) / Math.LN10,
  inverse: (position) => Math.sign(position) * threshold * Math.expm1(Math.abs(position) * Math.LN10),
});

export const transformOf = (scale: Scale, threshold: number): Transform => (scale === 'linear' ? LINEAR : scale === 'log' ? LOG : symlog(threshold));

/** Decades that a symlog axis shows at most on one side of zero. */
const MOST_DECADES = 12;

/** The smallest normal power of ten: below it a power of ten loses digits and at last is zero, by which nothing can be divided. */
const LEAST_EXPONENT = -307;

/**
 * Where a symlog axis turns from linear to decades: a power of ten near the smallest magnitudes that matter. The smallest twentieth
 * is left out, so that a curve that crosses zero does not spend the axis on the one value that happened to lie there.
 * @param magnitudes finite values' magnitudes, in any order (a sample is enough)
 */
export function thresholdOf(magnitudes: readonly number[]): number {
  const sorted = magnitudes.filter((size) => size > 0).sort((a, b) => a - b);
  if (sorted.length === 0) return 1;
  const small = sorted[Math.floor(sorted.length / 20)]!;
  const least = sorted.at(-1)! / 10 ** MOST_DECADES;
  return 10 ** Math.max(LEAST_EXPONENT, Math.floor(Math.log10(Math.max(small, least))));
}
