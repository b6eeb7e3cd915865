import { placeOf, type Points } from './splice.ts';

/** Points of a curve at most. Beyond that neighbours are merged; a chart has fewer columns of pixels, and a zoomed range is read anew. */
const MOST = 4096;

/**
 * One metric of a run: what the store had, and what arrived since. Bounded: a run of days keeps its extremes and gaps, not its points.
 * Live values reach the page before the store has them, and the store has values that came before the page listened; so until a
 * reading of the store has caught up, arrivals are kept and laid over it again.
 */
export class RunCurve {
  #x: Float64Array;
  #y: Float64Array;
  #count = 0;
  #arrived: Points[] = [];
  #settled = false;
  readonly #most: number;

  constructor(most = MOST) {
    this.#most = most;
    this.#x = new Float64Array(256);
    this.#y = new Float64Array(256);
  }

  /** The curve now: a view of the values so far, none of which changes afterwards. */
  get points(): Points {
    return { x: this.#x.subarray(0, this.#count), y: this.#y.subarray(0, this.#count) };
  }

  /** Values that came live. What is not newer than the last one is known already. */
  append(points: Points): void {
    if (!this.#settled) this.#arrived.push(points);
    this.#extend(points);
  }

  /**
   * The store's curve, with what arrived beyond it. @param settled whether it is known to reach the first arrival, so that arrivals
   * need not be kept any longer
   */
  replace(stored: Points, settled: boolean): void {
    this.#start(bounded(stored, this.#most));
    for (const points of this.#arrived) this.#extend(points);
    if (settled) this.#arrived = [];
    this.#settled = settled;
  }

  /** Arrivals may be missed from now on: they are kept again until the store is read. */
  unsettle(): void {
    this.#settled = false;
  }

  #extend({ x, y }: Points): void {
    const from = this.#count === 0 ? 0 : placeOf(x, this.#x[this.#count - 1]!, true);
    const added = x.length - from;
    if (added === 0) return;
    if (this.#count + added > this.#x.length) this.#grow(this.#count + added);
    this.#x.set(x.subarray(from), this.#count);
    this.#y.set(y.subarray(from), this.#count);
    this.#count += added;
    if (this.#count > this.#most) this.#start(bounded(this.points, this.#most));
  }

  /** Views that were handed out keep the old buffers. */
  #grow(least: number): void {
    const size = Math.max(least, 2 * this.#x.length);
    const x = new Float64Array(size);
    const y = new Float64Array(size);
    x.set(this.#x.subarray(0, this.#count));
    y.set(this.#y.subarray(0, this.#count));
    this.#x = x;
    this.#y = y;
  }

  #start({ x, y }: Points): void {
    const size = Math.max(256, 2 * x.length);
    this.#x = new Float64Array(size);
    this.#y = new Float64Array(size);
    this.#x.set(x);
    this.#y.set(y);
    this.#count = x.length;
  }
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
