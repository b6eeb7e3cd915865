import { BasinError } from '../src-main/contract/errors.ts';
import { readSeries, type Range, type SeriesData } from './series-read.ts';
import type { ReadStore } from './store.ts';

/** A series for drawing. `count` counts what is here, `total` what it stands for; extremes are those of the whole. */
export interface ThinSeries extends SeriesData {
  readonly total: number;
}

/**
 * A series with at most `points` points, for drawing: as `thinValues`.
 *
 * @throws BasinError `series.points` (a bug) below 8 points.
 */
export function thinSeries(store: ReadStore, run: number, metric: string, points: number, range: Range = {}): ThinSeries {
  checkPoints(points);
  const whole = readSeries(store, run, metric, range);
  const thin = thinValues(whole, points);
  return { ...whole, ...thin, count: thin.values.length, total: whole.count };
}

type Values = Pick<SeriesData, 'iterations' | 'values' | 'nonFinite'>;

function checkPoints(points: number): void {
  if (!(points >= 8)) throw new BasinError('series.points', `A series cannot be thinned to ${points} points: it takes at least 8.`, { kind: 'bug', details: { points } });
}

/**
 * At most `points` of some values. The iterations are cut into windows of a power of two, aligned at its multiples, so a
 * growing run keeps the points that it has shown until the windows double. Each window keeps its smallest and largest
 * value and its first non-finite one, at their own iterations; the first and the last value stay. So minimum and maximum of
 * what is returned are those of the whole.
 */
export function thinValues(whole: Values, points: number): Pick<SeriesData, 'iterations' | 'values'> {
  checkPoints(points);
  const { values, iterations } = whole;
  const count = values.length;
  if (count <= points) return { iterations, values };
  const first = 'first' in iterations ? iterations.first : iterations[0]!;
  const iterationAt = 'first' in iterations ? (index: number) => first + index : (index: number) => iterations[index]!;
  const keptInWindow = whole.nonFinite > 0 ? 3 : 2;
  const width = windowWidth(first, iterationAt(count - 1), Math.floor((points - 2) / keptInWindow));

  const kept: number[] = [0];
  const keep = (index: number) => {
    if (index > kept.at(-1)!) kept.push(index);
  };
  for (let start = 0; start < count; ) {
    const next = (Math.floor(iterationAt(start) / width) + 1) * width;
    let end = start + 1;
    if ('first' in iterations) end = Math.min(count, next - first);
    else while (end < count && iterations[end]! < next) end++;
    for (const index of whole.nonFinite > 0 ? withNonFinite(values, start, end) : lowAndHigh(values, start, end)) keep(index);
    start = end;
  }
  keep(count - 1);
  return { iterations: Float64Array.from(kept, iterationAt), values: Float64Array.from(kept, (index) => values[index]!) };
}

/** Where values[start … end), all finite, are smallest and largest, in order. */
function lowAndHigh(values: Float64Array, start: number, end: number): [number, number] {
  let low = start;
  let high = start;
  let least = values[start]!;
  let most = least;
  for (let i = start + 1; i < end; i++) {
    const value = values[i]!;
    if (value < least) {
      least = value;
      low = i;
    } else if (value > most) {
      most = value;
      high = i;
    }
  }
  return low < high ? [low, high] : [high, low];
}

/** As `lowAndHigh` over the finite values, and where the first one is that is not. */
function withNonFinite(values: Float64Array, start: number, end: number): number[] {
  let low = -1;
  let high = -1;
  let odd = -1;
  let least = Infinity;
  let most = -Infinity;
  for (let i = start; i < end; i++) {
    const value = values[i]!;
    // value − value is 0 for a finite number and NaN for any other.
    if (value - value !== 0) odd = odd < 0 ? i : odd;
    else {
      if (value < least) {
        least = value;
        low = i;
      }
      if (value > most) {
        most = value;
        high = i;
      }
    }
  }
  return [low, high, odd].filter((index) => index >= 0).sort((a, b) => a - b);
}

/** The smallest power of two with which the span touches at most so many windows. */
function windowWidth(first: number, last: number, windows: number): number {
  let width = 1;
  while (Math.floor(last / width) - Math.floor(first / width) + 1 > windows) width *= 2;
  return width;
}
