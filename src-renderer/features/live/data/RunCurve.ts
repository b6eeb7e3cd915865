import { joined, part, placeOf, type Points } from './splice.ts';

const NOTHING: Points = { x: new Float64Array(0), y: new Float64Array(0) };
/** Points of a curve at most: beyond that every pair of neighbouring buckets becomes one. */
const MOST = 8192;

/**
 * One metric of a run: what the store had, and what arrived since. Bounded: a run of days keeps its extremes and gaps, not its points.
 * Live values reach the page before the store has them, and the store has values that came before the page listened; so until a
 * reading of the store has caught up, arrivals are kept and laid over it again.
 */
export class RunCurve {
  #points: Points = NOTHING;
  #arrived: Points[] = [];
  #settled = false;
  readonly #most: number;

  constructor(most = MOST) {
    this.#most = most;
  }

  /** The curve now. Its arrays are never changed afterwards. */
  get points(): Points {
    return this.#points;
  }

  /** Values that came live. What is not newer than the last one is known already. */
  append(points: Points): void {
    if (!this.#settled) this.#arrived.push(points);
    this.#points = bounded(extended(this.#points, points), this.#most);
  }

  /**
   * The store's curve, with what arrived beyond it. @param settled whether it is known to reach the first arrival, so that arrivals
   * need not be kept any longer
   */
  replace(stored: Points, settled: boolean): void {
    this.#points = bounded(this.#arrived.reduce(extended, stored), this.#most);
    if (settled) this.#arrived = [];
    this.#settled = settled;
  }

  /** Arrivals may be missed from now on: they are kept again until the store is read. */
  unsettle(): void {
    this.#settled = false;
  }
}

function extended(points: Points, more: Points): Points {
  const from = points.x.length === 0 ? 0 : placeOf(more.x, points.x.at(-1)!, true);
  return from === more.x.length ? points : joined([points, part(more, from, more.x.length)]);
}

/** Of each bucket its least and its greatest finite value, and one that is not finite, in their order; the first and the last point. */
export function bounded(points: Points, most: number): Points {
  const { x, y } = points;
  if (x.length <= most) return points;
  const kept = new Set([0]);
  const size = Math.ceil((4 * x.length) / most);
  for (let from = 0; from < x.length; from += size) {
    let least = -1;
    let greatest = -1;
    let broken = -1;
    for (let i = from; i < Math.min(x.length, from + size); i++) {
      if (!Number.isFinite(y[i])) broken = i;
      else {
        if (least === -1 || y[i]! < y[least]!) least = i;
        if (greatest === -1 || y[i]! > y[greatest]!) greatest = i;
      }
    }
    for (const i of [least, greatest, broken].sort((a, b) => a - b)) if (i !== -1) kept.add(i);
  }
  kept.add(x.length - 1);
  return { x: Float64Array.from(kept, (i) => x[i]!), y: Float64Array.from(kept, (i) => y[i]!) };
}
