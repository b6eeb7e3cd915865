import type { Input, Output } from '../../../../src-main/contract/api/index.ts';
import type { SeriesData } from '../../../../src-main/contract/api/series.ts';
import type { Curve } from '../groups/mean-curve.ts';

/** One curve of one run; with `every`, in means over windows of so many iterations (contract/api/series.ts). */
export interface CurveQuery {
  readonly run: number;
  readonly metric: string;
  readonly every?: number;
}

export interface StoredCurve extends Curve {
  /** Values that the run has recorded; more than there are points where it is thinned. */
  readonly total: number;
  readonly nonFinite: number;
}

interface Entry {
  readonly query: CurveQuery;
  curve: StoredCurve | undefined;
  /** Points that it was read with. */
  points: number;
  stale: boolean;
  wanted: boolean;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}

type Read = (input: Input<'series.read'>) => Promise<Output<'series.read'>>;

/** Curves in one request: few enough that progress shows and that an answer stays a few MB. */
const BATCH = 25;

const keyOf = ({ run, metric, every }: CurveQuery): string => `${run} ${every ?? ''} ${metric}`;

/**
 * The curves that a page shows: reads what is wanted and not there yet, many in one request, and keeps what was read. Curves are
 * replaced, never changed, so that whoever draws them sees by identity what is new.
 */
export class CurveStore {
  private readonly entries = new Map<string, Entry>();
  private readonly read: Read;
  private readonly changed: () => void;
  private readonly failed: (error: unknown) => void;
  private reading = false;
  progress: Progress = { done: 0, total: 0 };

  /** @param changed some curve or the progress is new  @param failed a read was refused; what was read before stays */
  constructor(read: Read, changed: () => void, failed: (error: unknown) => void) {
    this.read = read;
    this.changed = changed;
    this.failed = failed;
  }

  /** @returns undefined until it was read; an empty curve when the run has not recorded it */
  get(query: CurveQuery): StoredCurve | undefined {
    return this.entries.get(keyOf(query))?.curve;
  }

  /** Replaces the list of what is read and kept. @param points at most so many of each curve */
  want(queries: readonly CurveQuery[], points: number): void {
    for (const entry of this.entries.values()) entry.wanted = false;
    for (const query of queries) {
      const key = keyOf(query);
      const entry = this.entries.get(key) ?? { query, curve: undefined, points, stale: true, wanted: true };
      entry.wanted = true;
      if (entry.curve && entry.curve.total > entry.curve.x.length && points > entry.points) entry.stale = true;
      entry.points = Math.max(points, entry.points);
      this.entries.set(key, entry);
    }
    for (const [key, entry] of this.entries) if (!entry.wanted) this.entries.delete(key);
    void this.fill();
  }

  /** Has curves read again; what is shown stays until the new ones are there. */
  expire(which: (query: CurveQuery) => boolean): void {
    for (const entry of this.entries.values()) if (which(entry.query)) entry.stale = true;
    void this.fill();
  }

  /** Adds values that a live run has told. Those that were read already are left out. */
  append(run: number, metric: string, iterations: Float64Array, values: Float64Array): void {
    const entry = this.entries.get(keyOf({ run, metric }));
    if (!entry?.curve) return;
    const { x, y, total, nonFinite } = entry.curve;
    const last = x.at(-1) ?? -Infinity;
    let start = 0;
    while (start < iterations.length && iterations[start]! <= last) start++;
    if (start === iterations.length) return;
    const added = values.subarray(start);
    entry.curve = { x: joined(x, iterations.subarray(start)), y: joined(y, added), total: total + added.length, nonFinite: nonFinite + added.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0) };
    // A long session would grow without end; read again it is thinned.
    if (entry.curve.x.length > 2 * entry.points) entry.stale = true;
    this.changed();
    void this.fill();
  }

  /** Reads a part of thinned curves more finely and puts it in its place. */
  async refine(queries: readonly CurveQuery[], from: number, to: number): Promise<void> {
    const entries = queries.map((query) => this.entries.get(keyOf(query))).filter((entry) => entry?.curve && entry.curve.total > entry.curve.x.length && entry.query.every === undefined) as Entry[];
    for (let start = 0; start < entries.length; start += BATCH) {
      const batch = entries.slice(start, start + BATCH);
      const before = batch.map(({ curve }) => curve);
      try {
        const { series } = await this.read({ queries: batch.map(({ query: { run, metric } }) => ({ run, metric })), points: batch[0]!.points, from, to });
        // A curve that has meanwhile been read anew stays as it is.
        batch.forEach((entry, i) => {
          if (entry.curve && entry.curve === before[i]) entry.curve = { ...entry.curve, ...splice(entry.curve, { x: series[i]!.iterations, y: series[i]!.values }, from, to) };
        });
        this.changed();
      } catch (error) {
        this.failed(error);
        return;
      }
    }
  }

  private async fill(): Promise<void> {
    if (this.reading) return;
    this.reading = true;
    try {
      for (let batch = this.nextBatch(); batch.length > 0; batch = this.nextBatch()) {
        const { every } = batch[0]!.query;
        const points = batch[0]!.points;
        for (const entry of batch) entry.stale = false;
        this.tell();
        const { series } = await this.read({ queries: batch.map(({ query: { run, metric } }) => ({ run, metric })), points, ...(every === undefined ? {} : { every }) });
        batch.forEach((entry, i) => (entry.curve = toCurve(series[i]!)));
        this.tell();
      }
    } catch (error) {
      this.failed(error);
    } finally {
      this.reading = false;
    }
  }

  /** Stale curves of one width and number of points: what is not there at all before what is only old. */
  private nextBatch(): Entry[] {
    const stale = [...this.entries.values()].filter((entry) => entry.stale);
    const first = stale.find(({ curve }) => !curve) ?? stale[0];
    if (!first) return [];
    return stale.filter(({ query, points, curve }) => query.every === first.query.every && points === first.points && !curve === !first.curve).slice(0, BATCH);
  }

  private tell(): void {
    const entries = [...this.entries.values()];
    this.progress = { done: entries.filter(({ curve }) => curve).length, total: entries.length };
    this.changed();
  }
}

const toCurve = ({ iterations, values, total, nonFinite }: SeriesData): StoredCurve => ({ x: iterations, y: values, total, nonFinite });

/** One after the other; in the place behind the first one when its buffer has room, so that growing by a little is cheap. */
function joined(head: Float64Array, tail: Float64Array): Float64Array {
  const size = head.length + tail.length;
  const room = (head.buffer.byteLength - head.byteOffset) / Float64Array.BYTES_PER_ELEMENT;
  if (room < size) {
    const larger = new Float64Array(Math.ceil(size * 1.5));
    larger.set(head);
    larger.set(tail, head.length);
    return larger.subarray(0, size);
  }
  const whole = new Float64Array(head.buffer, head.byteOffset, size);
  whole.set(tail, head.length);
  return whole;
}

/** A curve whose part from … to (both included) is another's. */
export function splice(coarse: Curve, fine: Curve, from: number, to: number): Curve {
  const start = firstIndex(coarse.x, (x) => x >= from);
  const end = firstIndex(coarse.x, (x) => x > to);
  const put = (outer: Float64Array, inner: Float64Array) => {
    const whole = new Float64Array(start + inner.length + outer.length - end);
    whole.set(outer.subarray(0, start));
    whole.set(inner, start);
    whole.set(outer.subarray(end), start + inner.length);
    return whole;
  };
  return { x: put(coarse.x, fine.x), y: put(coarse.y, fine.y) };
}

function firstIndex(values: Float64Array, holds: (value: number) => boolean): number {
  const index = values.findIndex(holds);
  return index < 0 ? values.length : index;
}
