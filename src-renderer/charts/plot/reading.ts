import { shownValues } from '../curve/CurvesController.ts';
import { lowerBound } from '../curve/extremes.ts';
import type { LineSeries, Marker } from '../types.ts';

/** One curve at the cursor. */
export interface ReadingRow {
  readonly key: string;
  readonly label: string;
  readonly colour: string;
  readonly dash: readonly number[];
  /** Where the curve's nearest sample is. */
  readonly x: number;
  /** As drawn: smoothed where smoothing is on. */
  readonly value: number;
  /** As recorded, where that differs from what is drawn. */
  readonly raw?: number;
  /** Half the band's height. */
  readonly spread?: number;
}

export interface Reading {
  readonly x: number;
  readonly rows: readonly ReadingRow[];
  /** Curves left out of the table. */
  readonly more: number;
  readonly events: readonly string[];
}

/** Index of the sample nearest to `at`; −1 in an empty curve. Of two as near, the earlier. */
export function nearestIndex(x: Float64Array, at: number): number {
  if (x.length === 0) return -1;
  const right = lowerBound(x, at);
  if (right === 0) return 0;
  if (right === x.length) return x.length - 1;
  return at - x[right - 1]! <= x[right]! - at ? right - 1 : right;
}

/** The sample position nearest to `at` among all curves: where a cursor comes to rest. @returns undefined without samples */
export function nearestX(series: readonly LineSeries[], at: number): number | undefined {
  let best: number | undefined;
  for (const { x, background } of series) {
    if (background) continue;
    const k = nearestIndex(x, at);
    if (k >= 0 && (best === undefined || Math.abs(x[k]! - at) < Math.abs(best - at))) best = x[k]!;
  }
  return best;
}

/** Rows of a table at the cursor at most. */
const MOST_ROWS = 14;

/**
 * Every curve's value at the cursor. Of more than fit into a table those nearest to `near` (a y value) are shown, in the curves' order.
 * @param within events no farther than this from x are named
 */
export function readAt(series: readonly LineSeries[], markers: readonly Marker[], smoothing: number, x: number, within: number, near?: number): Reading {
  const rows: ReadingRow[] = [];
  for (const one of series) {
    const k = one.background ? -1 : nearestIndex(one.x, x);
    if (k < 0) continue;
    const shown = shownValues(one, smoothing);
    rows.push({
      key: one.key,
      label: one.label,
      colour: one.colour,
      dash: one.dash ?? [],
      x: one.x[k]!,
      value: shown[k]!,
      ...(shown === one.y ? {} : { raw: one.y[k]! }),
      ...(one.band ? { spread: (one.band.high[k]! - one.band.low[k]!) / 2 } : {}),
    });
  }
  const events = markers.filter((marker) => Math.abs(marker.x - x) <= within).map(({ label }) => label);
  if (rows.length <= MOST_ROWS) return { x, rows, more: 0, events };
  const distance = (row: ReadingRow): number => (near === undefined || !Number.isFinite(row.value) ? Infinity : Math.abs(row.value - near));
  const nearest = new Set([...rows].sort((a, b) => distance(a) - distance(b)).slice(0, MOST_ROWS));
  return { x, rows: rows.filter((row) => nearest.has(row)), more: rows.length - MOST_ROWS, events };
}

/** Where an arrow key moves the cursor: the next sample, but at least `least` away, so that a million samples can be walked through. */
export function stepX(series: readonly LineSeries[], x: number, direction: 1 | -1, least: number): number | undefined {
  let best: number | undefined;
  for (const one of series) {
    if (one.background) continue;
    let k = direction > 0 ? lowerBound(one.x, x + least) : lowerBound(one.x, x - least + Number.EPSILON);
    if (direction < 0) while (k >= 0 && (k >= one.x.length || one.x[k]! > x - least)) k--;
    else if (one.x[k] === x) k++;
    const candidate = one.x[k];
    if (candidate !== undefined && (best === undefined || (candidate - best) * direction < 0)) best = candidate;
  }
  return best;
}
