import { BasinError } from '../src-main/contract/errors.ts';
import { placesOf } from './series-chunk.ts';
import { listParts, thinParts, together } from './series-parts.ts';
import { readSeries, type Range, type SeriesData } from './series-read.ts';
import { CHUNK } from './series-write.ts';
import type { ReadStore } from './store.ts';

/** A series for drawing. `count` counts what is here, `total` what it stands for; extremes are those of the whole. */
export interface ThinSeries extends SeriesData {
  readonly total: number;
}

/**
 * A series with at most `points` points, for drawing: as `thinValues`. Of chunks that lie within a window, only what the index has
 * of them is read: a million values take a few thousandths of a second.
 *
 * @throws BasinError `series.points` (a bug) below 8 points.
 */
export function thinSeries(store: ReadStore, run: number, metric: string, points: number, range: Range = {}): ThinSeries {
  checkPoints(points);
  // A trainer writes meanwhile: what the index says and the chunks that are read are of one state.
  return store.consistently(() => {
    const parts = listParts(store, run, metric, range);
    const whole = together(parts);
    const width = parts.length > 0 ? windowWidth(parts[0]!.first, parts.at(-1)!.last, windowsWithin(points, whole)) : 0;
    if (whole.count > points && width >= CHUNK) return { ...whole, ...thinParts(parts, width), total: whole.count };
    const data = readSeries(store, run, metric, range);
    const thin = thinValues(data, points);
    return { ...data, ...thin, count: thin.values.length, total: data.count };
  });
}

type Values = Pick<SeriesData, 'iterations' | 'values' | 'nonFinite'>;

function checkPoints(points: number): void {
  if (!(points >= 8)) throw new BasinError('series.points', `A series cannot be thinned to ${points} points: it takes at least 8.`, { kind: 'bug', details: { points } });
}

/**
 * At most `points` of some values. The iterations are cut into windows of one width, aligned at its multiples, so a growing run keeps
 * the points that it has shown until the windows grow. Each window keeps its smallest and largest value and its first non-finite one,
 * at their own iterations; the first and the last value stay. So minimum and maximum of what is returned are those of the whole.
 */
export function thinValues(whole: Values, points: number): Pick<SeriesData, 'iterations' | 'values'> {
  checkPoints(points);
  const { values, iterations } = whole;
  const count = values.length;
  if (count <= points) return { iterations, values };
  const first = 'first' in iterations ? iterations.first : iterations[0]!;
  const iterationAt = 'first' in iterations ? (index: number) => first + index : (index: number) => iterations[index]!;
  const width = windowWidth(first, iterationAt(count - 1), windowsWithin(points, whole));

  const kept: number[] = [0];
  const keep = (index: number) => {
    if (index > kept.at(-1)!) kept.push(index);
  };
  for (let start = 0; start < count; ) {
    const next = (Math.floor(iterationAt(start) / width) + 1) * width;
    let end = start + 1;
    if ('first' in iterations) end = Math.min(count, next - first);
    else while (end < count && iterations[end]! < next) end++;
    const { low, high, odd } = placesOf(values, start, end);
    for (const index of [low, high, odd].filter((place) => place >= 0).sort((a, b) => a - b)) keep(index);
    start = end;
  }
  keep(count - 1);
  return { iterations: Float64Array.from(kept, iterationAt), values: Float64Array.from(kept, (index) => values[index]!) };
}

/** How many windows may be told of: each has two points, or three where something is not finite, and both ends are kept. */
const windowsWithin = (points: number, { nonFinite }: { readonly nonFinite: number }): number => Math.floor((points - 2) / (nonFinite > 0 ? 3 : 2));

/** The smallest width with which the span touches at most so many windows: a power of two, and from a chunk's length on that times a power of two. */
function windowWidth(first: number, last: number, windows: number): number {
  let width = 1;
  while (Math.floor(last / width) - Math.floor(first / width) + 1 > windows) width = width < CHUNK && width * 2 > CHUNK ? CHUNK : width * 2;
  return width;
}
