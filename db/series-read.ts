import { extremes, iterationAt, lastOf, type Extremes, type Points } from './series-chunk.ts';
import { toPoints } from './series-write.ts';
import type { ReadStore } from './store.ts';

/** Values of a metric in order of their iterations. Minimum and maximum are exact, over finite values; null when there is none. */
export interface SeriesData extends Extremes {
  /** Each value's iteration, or the first one when they count up by one. */
  readonly iterations: Float64Array | { readonly first: number };
  readonly values: Float64Array;
  readonly count: number;
}

/** A part of a series: iterations from … to, both included. */
export interface Range {
  readonly from?: number;
  readonly to?: number;
}

interface Chunk {
  readonly first: number;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly nonFinite: number;
  readonly iterations: Uint8Array | null;
  readonly numbers: Uint8Array;
}

/** Empty (count 0, extremes null) when the run has no value of that metric in the range. @throws BasinError `store.*` */
export function readSeries(store: ReadStore, run: number, metric: string, { from = -Infinity, to = Infinity }: Range = {}): SeriesData {
  const chunks = store.all<Chunk>(
    `SELECT chunk.first, minimum, maximum, non_finite AS nonFinite, iterations, numbers
     FROM series JOIN series_chunks AS chunk ON chunk.series = series.id
     WHERE run = ? AND metric = ? AND chunk.first <= ?
       AND chunk.first >= coalesce((SELECT max(first) FROM series_chunks WHERE series = series.id AND first <= ?), ?)
     ORDER BY chunk.first`,
    run, metric, to, from, from,
  );
  const parts = chunks.map((chunk) => within(toPoints(chunk), chunk, from, to)).filter(({ points }) => points.values.length > 0);
  return join(parts);
}

interface Part {
  readonly points: Points;
  readonly known: Extremes;
}

/** The part of a chunk inside the range; only a chunk that is cut must be looked through for its extremes. */
function within(points: Points, { minimum: min, maximum: max, nonFinite }: Chunk, from: number, to: number): Part {
  if (points.first >= from && lastOf(points) <= to) return { points, known: { min, max, nonFinite } };
  const inside = cut(points, from, to);
  return { points: inside, known: extremes(inside.values) };
}

/** The points with iterations from … to. */
export function cut(points: Points, from: number, to: number): Points {
  const { values, iterations } = points;
  let start = 0;
  let end = values.length;
  while (start < end && iterationAt(points, start) < from) start++;
  while (end > start && iterationAt(points, end - 1) > to) end--;
  return { first: iterationAt(points, start), iterations: iterations?.subarray(start, end) ?? null, values: values.subarray(start, end) };
}

function join(parts: readonly Part[]): SeriesData {
  const count = parts.reduce((sum, { points }) => sum + points.values.length, 0);
  const values = new Float64Array(count);
  let min = Infinity;
  let max = -Infinity;
  let nonFinite = 0;
  let at = 0;
  for (const { points, known } of parts) {
    values.set(points.values, at);
    at += points.values.length;
    nonFinite += known.nonFinite;
    if (known.min !== null && known.max !== null) {
      min = Math.min(min, known.min);
      max = Math.max(max, known.max);
    }
  }
  const finite = nonFinite < count;
  return { iterations: iterationsOf(parts, count), values, count, min: finite ? min : null, max: finite ? max : null, nonFinite };
}

function iterationsOf(parts: readonly Part[], count: number): SeriesData['iterations'] {
  const head = parts[0]?.points;
  const tail = parts.at(-1)?.points;
  if (!head || !tail) return { first: 0 };
  if (lastOf(tail) - head.first === count - 1) return { first: head.first };
  const iterations = new Float64Array(count);
  let at = 0;
  for (const { points } of parts) for (let i = 0; i < points.values.length; i++) iterations[at++] = iterationAt(points, i);
  return iterations;
}
