import { LiveCurve } from '../../../charts/LiveCurve.ts';
import type { Points } from './splice.ts';

/**
 * One metric of a run: what the store had, and what arrived since. Bounded, so that a run of days keeps its extremes and gaps and not
 * its points. Live values reach the page before the store has them, and the store has values that came before the page listened; so
 * until a reading of the store has caught up, arrivals are kept and laid over it again.
 */
export class RunCurve {
  readonly #curve: LiveCurve;
  #arrived: Points[] = [];
  #settled = false;

  /** @param windows of the curve at most (charts/LiveCurve.ts) */
  constructor(windows?: number) {
    this.#curve = new LiveCurve(windows);
  }

  /** The curve now. Its arrays are never changed afterwards. */
  get points(): Points {
    return this.#curve.points;
  }

  /** Values that came live. What is not newer than the last one is known already. */
  append(points: Points): void {
    if (!this.#settled) this.#arrived.push(points);
    this.#curve.append(points.x, points.y);
  }

  /**
   * The store's curve, with what arrived beyond it. @param settled whether it is known to reach the first arrival, so that arrivals
   * need not be kept any longer
   */
  replace(stored: Points, settled: boolean): void {
    this.#curve.clear();
    for (const { x, y } of [stored, ...this.#arrived]) this.#curve.append(x, y);
    if (settled) this.#arrived = [];
    this.#settled = settled;
  }

  /** Arrivals may be missed from now on: they are kept again until the store is read. */
  unsettle(): void {
    this.#settled = false;
  }
}
