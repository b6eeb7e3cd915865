import { thresholdOf, transformOf } from '../scale/transform.ts';
import type { Scale } from '../types.ts';

/** Values counted in bins that are even as the axis draws them. */
export interface Bins {
  readonly scale: Scale;
  readonly threshold: number;
  /** Rising, one more than there are bins; first and last are exactly the least and greatest value (of whole numbers: half below and above). Empty without finite values. */
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
  const whole = !log && finite.every(Number.isInteger);
  if (whole) return { scale, threshold, ...wholeBins(finite, min, max), nonFinite };
  const count = Math.max(FEWEST, Math.min(MOST, Math.ceil(Math.sqrt(finite.length))));
  const { forward, inverse } = transformOf(scale, threshold);
  const low = forward(min);
  const width = (forward(max) - low) / count;
  // Between values that are a few roundings apart, an edge may be rounded beyond both ends or below the edge before it.
  const edges = Float64Array.of(min, ...Array.from({ length: count - 1 }, (_, k) => Math.min(max, inverse(low + (k + 1) * width))), max);
  for (let k = 1; k < count; k++) edges[k] = Math.max(edges[k]!, edges[k - 1]!);
  return { scale, threshold, edges, counts: countInto(edges, finite), nonFinite };
}

/** Whole numbers in bins of equally many of them, with edges half-way between: even bins would now hold one more, now one less. */
function wholeBins(finite: Float64Array, min: number, max: number): Pick<Bins, 'edges' | 'counts'> {
  const width = Math.ceil((max - min + 1) / MOST);
  const edges = Float64Array.from({ length: Math.ceil((max - min + 1) / width) + 1 }, (_, k) => min - 0.5 + k * width);
  return { edges, counts: countInto(edges, finite) };
}

/** How many finite values lie in each bin. */
export function countInto(edges: Float64Array, values: Float64Array): Float64Array<ArrayBuffer> {
  const counts = new Float64Array(Math.max(0, edges.length - 1));
  if (counts.length > 0) for (const value of values) if (Number.isFinite(value)) counts[binOf(edges, value)]!++;
  return counts;
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
