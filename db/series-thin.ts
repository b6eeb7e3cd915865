import { BasinError } from '../src-main/contract/errors.ts';
import { readSeries, type Range, type SeriesData } from './series-read.ts';
import type { ReadStore } from './store.ts';

/**
 * A series with at most `points` points, for drawing. The iterations are cut into windows of a power of two, aligned
 * at its multiples, so a growing run keeps the points that it has shown until the windows double. Each window keeps its
 * smallest and largest value and its first non-finite one, at their own iterations; the first and the last value stay.
 * So minimum and maximum of what is returned are those of the whole (`count` too counts what is returned).
 *
 * @throws BasinError `series.points` (a bug) below 8 points.
 */
export function thinSeries(store: ReadStore, run: number, metric: string, points: number, range: Range = {}): SeriesData {
  if (!(points >= 8)) throw new BasinError('series.points', `A series cannot be thinned to ${points} points: it takes at least 8.`, { kind: 'bug', details: { points } });
  const whole = readSeries(store, run, metric, range);
  if (whole.count <= points) return whole;
  const { values, count } = whole;
  const iteration = (index: number) => ('first' in whole.iterations ? whole.iterations.first + index : whole.iterations[index]!);
  const keptInWindow = whole.nonFinite > 0 ? 3 : 2;
  const windows = Math.floor((points - 2) / keptInWindow);
  const width = windowWidth(iteration(0), iteration(count - 1), windows);

  const kept = new Set([0, count - 1]);
  for (let start = 0; start < count; ) {
    const window = Math.floor(iteration(start) / width);
    let low = -1;
    let high = -1;
    let odd = -1;
    let end = start;
    for (; end < count && Math.floor(iteration(end) / width) === window; end++) {
      const value = values[end]!;
      if (!Number.isFinite(value)) odd = odd < 0 ? end : odd;
      else {
        if (low < 0 || value < values[low]!) low = end;
        if (high < 0 || value > values[high]!) high = end;
      }
    }
    for (const index of [low, high, odd]) if (index >= 0) kept.add(index);
    start = end;
  }
  const indices = [...kept].sort((a, b) => a - b);
  const thin = Float64Array.from(indices, (index) => values[index]!);
  return { ...whole, iterations: Float64Array.from(indices, iteration), values: thin, count: thin.length, nonFinite: whole.nonFinite };
}

/** The smallest power of two with which the span touches at most so many windows. */
function windowWidth(first: number, last: number, windows: number): number {
  let width = 1;
  while (Math.floor(last / width) - Math.floor(first / width) + 1 > windows) width *= 2;
  return width;
}
