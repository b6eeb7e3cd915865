import { percentile } from './false-minima.ts';
import type { Vectors } from './vector-cache.ts';

/** Greatest absolute value of the colour scales that all thumbnails share. */
export interface Limits {
  readonly x: number;
  /** Of answers and targets alike. */
  readonly y: number;
  readonly error: number;
}

/** The next of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 15, … that is at least as large; 1 where there is nothing to go by. */
export function roundUp(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  // A little slack: 0.30000000000000004 is 0.3.
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((candidate) => candidate * power >= value * (1 - 1e-9))!;
  return Number((step * power).toPrecision(2));
}

/**
 * Limits from a sample of entries: 99.5 % of the numbers are inside, so that one entry that went astray does not fade all others; what is
 * beyond is drawn in the scale's last colour, and the exact value is on hover.
 */
export function limitsOf(sample: readonly Vectors[]): Limits {
  const limit = (...parts: ((vectors: Vectors) => Float32Array)[]): number => {
    const arrays = sample.flatMap((vectors) => parts.map((part) => part(vectors)));
    const sizes = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
    let count = 0;
    for (const values of arrays) {
      // By index: tens of thousands of numbers, before anything of the table is seen.
      for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) sizes[count++] = Math.abs(values[i]!);
    }
    return roundUp(percentile(sizes.subarray(0, count).sort(), 99.5));
  };
  return { x: limit(({ x }) => x), y: limit(({ y }) => y, ({ target }) => target), error: limit(({ error }) => error) };
}

/** Rows spread evenly over a buffer, for a sample. */
export function spread(count: number, wanted: number): number[] {
  const n = Math.min(count, wanted);
  return Array.from({ length: n }, (_, i) => Math.floor(((i + 0.5) * count) / n));
}
