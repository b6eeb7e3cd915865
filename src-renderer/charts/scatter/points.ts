import { thresholdOf } from '../scale/transform.ts';
import type { Scale, ScatterPoint } from '../types.ts';

export interface ScatterAxis {
  readonly scale: Scale;
  /** Whether symlog stands in for log, because of values ≤ 0. */
  readonly replaced: boolean;
  readonly threshold: number;
  readonly extent: readonly [number, number];
}

/** Points that can be drawn: both values finite. */
export const drawable = (points: readonly ScatterPoint[]): ScatterPoint[] => points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));

/** What an axis must show for values. */
export function axisFor(values: readonly number[], wanted: Scale): ScatterAxis {
  const min = values.reduce((least, value) => Math.min(least, value), Infinity);
  const max = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const replaced = wanted === 'log' && min <= 0;
  const scale = replaced ? 'symlog' : wanted;
  return { scale, replaced, threshold: scale === 'symlog' ? thresholdOf(values.map(Math.abs)) : 1, extent: [min, max] };
}

export interface Placed {
  readonly key: string;
  /** px of the canvas. */
  readonly px: number;
  readonly py: number;
}

/** The point nearest to a place, at most `reach` px away. */
export function nearest(placed: readonly Placed[], px: number, py: number, reach: number): string | undefined {
  let best: string | undefined;
  let least = reach * reach;
  for (const point of placed) {
    const distance = (point.px - px) ** 2 + (point.py - py) ** 2;
    if (distance <= least) {
      least = distance;
      best = point.key;
    }
  }
  return best;
}

const ORDERS: Readonly<Record<string, { by: 'px' | 'py'; step: 1 | -1 }>> = {
  ArrowRight: { by: 'px', step: 1 },
  ArrowLeft: { by: 'px', step: -1 },
  ArrowDown: { by: 'py', step: 1 },
  ArrowUp: { by: 'py', step: -1 },
};

/**
 * The point an arrow key leads to: the next one in that direction, whatever its other coordinate, so that every point can be reached.
 * @param key of a KeyboardEvent @returns undefined where the key does not move
 */
export function neighbour(placed: readonly Placed[], current: string | undefined, key: string): string | undefined {
  if (placed.length === 0) return undefined;
  if (key === 'Home' || key === 'End') return [...placed].sort((a, b) => a.px - b.px).at(key === 'Home' ? 0 : -1)!.key;
  const order = ORDERS[key];
  if (!order) return undefined;
  const sorted = [...placed].sort((a, b) => a[order.by] - b[order.by] || a.px - b.px || a.py - b.py || (a.key < b.key ? -1 : 1));
  const at = sorted.findIndex((point) => point.key === current);
  if (at < 0) return sorted.at(order.step > 0 ? 0 : -1)!.key;
  return sorted[Math.max(0, Math.min(sorted.length - 1, at + order.step))]!.key;
}
