import { thresholdOf, transformOf } from '../scale/transform.ts';
import type { Scale } from '../types.ts';

/** Values counted in bins that are even as the axis draws them. */
export interface Bins {
  readonly scale: Scale;
  readonly threshold: number;
  /** Rising, one more than there are bins; first and last are exactly the least and greatest value. Empty without finite values. */
  readonly edges: Float64Array;
  readonly counts: Float64Array;
  /** Values that are NaN or infinite and in no bin. */
  readonly nonFinite: number;
}

const FEWEST = 8;
const MOST = 48;

/**
 * Bins for values: about the square root of their number. With `log`, bins are even in decades; values ≤ 0 make that a symlog axis.
 */
export function binsOf(values: Float64Array, log: boolean): Bins {
  const finite = values.filter(Number.isFinite);
  const nonFinite = values.length - finite.length;
  let min = Infinity;
  let max = -Infinity;
  for (const value of finite) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const scale: Scale = log ? (min > 0 ? 'log' : 'symlog') : 'linear';
  const threshold = scale === 'symlog' ? thresholdOf([...finite].map(Math.abs)) : 1;
  if (finite.length === 0) return { scale: 'linear', threshold, edges: new Float64Array(0), counts: new Float64Array(0), nonFinite };
  if (min === max) return { scale, threshold, edges: Float64Array.of(min, max), counts: Float64Array.of(finite.length), nonFinite };
  const count = Math.max(FEWEST, Math.min(MOST, Math.ceil(Math.sqrt(finite.length))));
  const { forward, inverse } = transformOf(scale, threshold);
  const low = forward(min);
  const width = (forward(max) - low) / count;
  const edges = Float64Array.from({ length: count + 1 }, (_, k) => (k === 0 ? min : k === count ? max : inverse(low + k * width)));
  const counts = new Float64Array(count);
  for (const value of finite) counts[binOf(edges, value)]!++;
  return { scale, threshold, edges, counts, nonFinite };
}

/** The bin of a value; each bin holds its lower edge, the last one both. Values outside belong to the nearest bin. */
export function binOf(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (edges[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The edge nearest to a value, as the axis draws them. */
export function nearestEdge({ edges, scale, threshold }: Bins, value: number): number {
  const { forward } = transformOf(scale, threshold);
  let best = 0;
  for (let k = 1; k < edges.length; k++) if (Math.abs(forward(edges[k]!) - forward(value)) < Math.abs(forward(edges[best]!) - forward(value))) best = k;
  return best;
}

/** How many finite values lie between both ends, ends included. */
export function countWithin(values: Float64Array, [low, high]: readonly [number, number]): number {
  let count = 0;
  for (const value of values) if (value >= low && value <= high) count++;
  return count;
}
