import type { Scale } from '../types.ts';
import { transformOf } from './transform.ts';

/** Free space above and below the curves, of the axis' length. */
const ROOM = 0.05;
const CONSTANT = 1e-12;

/**
 * What a value axis shows for values from `min` to `max`: a little more, so that no curve lies on its edge; something around a constant.
 * Nothing to show (min > max) is 0 … 1, or 0.1 … 1 on a log axis.
 */
export function roomyRange(scale: Scale, min: number, max: number, threshold: number): [number, number] {
  if (!(min <= max)) return scale === 'log' ? [0.1, 1] : [0, 1];
  const size = Math.max(Math.abs(min), Math.abs(max));
  // Also where only the last digits differ: an axis between them would have no room for a tick.
  if (max - min <= size * CONSTANT) {
    if (scale === 'log') return [min / 2, max * 2];
    const around = size === 0 ? 1 : size * 0.1;
    return [min - around, max + around];
  }
  const { forward, inverse } = transformOf(scale, threshold);
  const room = (forward(max) - forward(min)) * ROOM;
  const low = inverse(forward(min) - room);
  const high = inverse(forward(max) + room);
  // Values that cannot fall below zero do not suggest that they might.
  return [scale === 'linear' && min >= 0 && low < 0 ? 0 : low, Number.isFinite(high) ? high : max];
}
