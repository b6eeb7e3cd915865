import type { Payload } from '../../contract/api/index.ts';
import type { Series, WalkMoments } from '../../contract/events.ts';

type Metrics = Payload<'live.metrics'>;

/** What is kept of one metric between two messages: iteration and value of each. */
interface Kept {
  low: readonly [number, number] | undefined;
  high: readonly [number, number] | undefined;
  /** The first value that is NaN or infinite. */
  odd: readonly [number, number] | undefined;
  newest: readonly [number, number];
}

/**
 * Gathers a run's new values until they are sent, however long that takes: of each metric its smallest, its largest, its first
 * non-finite and its newest value, at their own iterations. So a message has at most four points a metric, and what is drawn from
 * messages has the extremes of what was measured.
 */
export class Thinner {
  readonly #metrics = new Map<string, Kept>();
  #total = 0;
  #last = 0;
  #walk: WalkMoments | undefined;
  /** When the oldest of them was sent. */
  #at: number | undefined;

  get isEmpty(): boolean {
    return this.#total === 0 && this.#walk === undefined;
  }

  /** @param last the last finished iteration */
  add(series: readonly Series[], last: number, { walk, at }: { readonly walk?: WalkMoments; readonly at?: number } = {}): void {
    this.#last = Math.max(this.#last, last);
    if (walk) this.#walk = walk;
    this.#at ??= at;
    for (const { metric, first, values } of series) {
      this.#total += values.length;
      if (values.length > 0) this.#metrics.set(metric, keep(this.#metrics.get(metric), first, values));
    }
  }

  /** Everything since the last call. */
  take(run: number): Metrics {
    const series = [...this.#metrics].map(([metric, { low, high, odd, newest }]) => {
      const points = new Map([low, high, odd, newest].filter((point) => point !== undefined));
      const iterations = Float64Array.from(points.keys()).sort();
      return { metric, iterations, values: iterations.map((iteration) => points.get(iteration)!) };
    });
    const taken: Metrics = { run, last: this.#last, total: this.#total, series, ...(this.#at === undefined ? {} : { at: this.#at }), ...(this.#walk ? { walk: { ...this.#walk } } : {}) };
    this.#metrics.clear();
    this.#total = 0;
    this.#walk = undefined;
    this.#at = undefined;
    return taken;
  }
}

function keep(known: Kept | undefined, first: number, values: Float64Array): Kept {
  let { low, high, odd } = known ?? { low: undefined, high: undefined, odd: undefined };
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) odd ??= [first + i, value];
    else {
      if (!low || value < low[1]) low = [first + i, value];
      if (!high || value > high[1]) high = [first + i, value];
    }
  }
  return { low, high, odd, newest: [first + values.length - 1, values.at(-1)!] };
}
