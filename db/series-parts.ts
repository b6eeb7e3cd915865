import { extremes, iterationAt, lastOf, placesOf, type Extremes, type Points } from './series-chunk.ts';
import { cut, type Range, type SeriesData } from './series-read.ts';
import { toPoints } from './series-write.ts';
import type { ReadStore } from './store.ts';

/** A value at its iteration. */
interface Point {
  readonly at: number;
  readonly value: number;
}

/** Of a stretch of a series: its smallest and its largest value, the first of each, and the first that is not finite. */
interface Marks {
  readonly low: Point | undefined;
  readonly high: Point | undefined;
  readonly odd: Point | undefined;
}

/** A chunk, or what a range leaves of it. */
export interface Part extends Extremes {
  readonly first: number;
  readonly last: number;
  readonly count: number;
  /** Undefined where they must be looked for. */
  readonly marks: Marks | undefined;
  points(): Points;
}

interface Summary {
  readonly series: number;
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly nonFinite: number;
  readonly minAt: number | null;
  readonly maxAt: number | null;
}

/** The parts of a series in order, from the index alone but for the first and the last of them. @throws BasinError `store.*` */
export function listParts(store: ReadStore, run: number, metric: string, { from = -Infinity, to = Infinity }: Range): Part[] {
  const chunks = store.all<Summary>(
    `SELECT series, first, last, count, minimum AS min, maximum AS max, non_finite AS nonFinite, minimum_at AS minAt, maximum_at AS maxAt
     FROM series_chunks INDEXED BY series_chunks_summary
     WHERE series = (SELECT id FROM series WHERE run = ? AND metric = ?) AND first <= ? AND last >= ? ORDER BY first`,
    run, metric, to, from,
  );
  const read = ({ series, first }: Summary): Points => toPoints(store.first('SELECT first, iterations, numbers FROM series_chunks WHERE series = ? AND first = ?', series, first)!);
  return chunks.flatMap((chunk, i): Part[] => {
    if (i > 0 && i < chunks.length - 1) return [{ ...chunk, marks: marksOf(chunk), points: () => read(chunk) }];
    // Both ends: their first and last values are kept, and a range may cut them.
    const points = cut(read(chunk), from, to);
    return points.values.length === 0 ? [] : [{ ...extremes(points.values), first: points.first, last: lastOf(points), count: points.values.length, marks: undefined, points: () => points }];
  });
}

function marksOf({ min, max, nonFinite, minAt, maxAt }: Summary): Marks | undefined {
  if (nonFinite > 0 || min === null || max === null || minAt === null || maxAt === null) return undefined;
  return { low: { at: minAt, value: min }, high: { at: maxAt, value: max }, odd: undefined };
}

/** Count and extremes of all parts. */
export function together(parts: readonly Part[]): Extremes & { readonly count: number } {
  const known = (values: (number | null)[]) => values.filter((value) => value !== null);
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const least = known(parts.map(({ min }) => min)).reduce((a, b) => Math.min(a, b), Infinity);
  const most = known(parts.map(({ max }) => max)).reduce((a, b) => Math.max(a, b), -Infinity);
  return { count: sum(parts.map(({ count }) => count)), nonFinite: sum(parts.map(({ nonFinite }) => nonFinite)), min: least === Infinity ? null : least, max: most === -Infinity ? null : most };
}

/**
 * The points that windows of a width keep, as `thinValues` chooses them. A chunk that lies within a window, with its marks known, is
 * not read. Needs at least one part.
 */
export function thinParts(parts: readonly Part[], width: number): Pick<SeriesData, 'values' | 'count'> & { readonly iterations: Float64Array } {
  const kept: Point[] = [];
  const keep = (point: Point | undefined) => {
    if (point && (kept.length === 0 || point.at > kept.at(-1)!.at)) kept.push(point);
  };
  let open = NaN;
  let marks: Marks = NONE;
  const close = () => [marks.low, marks.high, marks.odd].filter((point) => point !== undefined).sort((a, b) => a.at - b.at).forEach(keep);
  const add = (window: number, more: Marks) => {
    if (window !== open) close();
    marks = window === open ? joined(marks, more) : more;
    open = window;
  };
  const windowOf = (iteration: number) => Math.floor(iteration / width);

  keep(pointAt(parts[0]!.points(), 0));
  for (const part of parts) {
    const window = windowOf(part.first);
    if (part.marks && windowOf(part.last) === window) add(window, part.marks);
    else stretches(part.points(), windowOf).forEach(([at, found]) => add(at, found));
  }
  close();
  const tail = parts.at(-1)!.points();
  keep(pointAt(tail, tail.values.length - 1));
  return { iterations: Float64Array.from(kept, ({ at }) => at), values: Float64Array.from(kept, ({ value }) => value), count: kept.length };
}

const NONE: Marks = { low: undefined, high: undefined, odd: undefined };

const pointAt = (points: Points, index: number): Point | undefined => (index < 0 ? undefined : { at: iterationAt(points, index), value: points.values[index]! });

/** Of two stretches, the later one second: of equal values the first stays. */
function joined(one: Marks, later: Marks): Marks {
  return {
    low: !one.low || (later.low && later.low.value < one.low.value) ? later.low : one.low,
    high: !one.high || (later.high && later.high.value > one.high.value) ? later.high : one.high,
    odd: one.odd ?? later.odd,
  };
}

/** The marks of each window that some points lie in. */
function stretches(points: Points, windowOf: (iteration: number) => number): [window: number, marks: Marks][] {
  const found: [number, Marks][] = [];
  const count = points.values.length;
  for (let start = 0, end = 0; start < count; start = end) {
    const window = windowOf(iterationAt(points, start));
    for (end = start + 1; end < count && windowOf(iterationAt(points, end)) === window; ) end++;
    const { low, high, odd } = placesOf(points.values, start, end);
    found.push([window, { low: pointAt(points, low), high: pointAt(points, high), odd: pointAt(points, odd) }]);
  }
  return found;
}
