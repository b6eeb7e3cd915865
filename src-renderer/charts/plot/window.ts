/** A stretch of an axis, in the unit of its values. */
export type Stretch = readonly [low: number, high: number];

/** An axis as zooming needs it: pixels of its ends, and both maps. Low values may lie at greater pixels (y axes). */
export interface Axis {
  readonly low: number;
  readonly high: number;
  readonly toValue: (pixel: number) => number;
}

/** A stretch `factor` times as wide around a pixel, even as the axis draws it. @param factor below 1 zooms in */
export function zoomed(axis: Axis, pixel: number, factor: number): Stretch {
  return [axis.toValue(pixel - (pixel - axis.low) * factor), axis.toValue(pixel + (axis.high - pixel) * factor)];
}

/** The stretch that comes into sight when what is drawn is moved by `pixels`. */
export const panned = (axis: Axis, pixels: number): Stretch => [axis.toValue(axis.low - pixels), axis.toValue(axis.high - pixels)];

/** Narrowest stretch that can be shown, of everything. */
const NARROWEST = 1e-9;

/**
 * Keeps a stretch inside everything there is, without changing its width where it fits.
 * @returns undefined when it is everything
 */
export function within([low, high]: Stretch, [first, last]: Stretch): Stretch | undefined {
  const whole = last - first;
  const width = Math.max(high - low, whole * NARROWEST);
  if (!(width < whole * (1 - 1e-9))) return undefined;
  if (low < first) return [first, first + width];
  if (high > last) return [last - width, last];
  return high - low < width ? [low, low + width] : [low, high];
}

/** Follows growing data: a window that showed the newest value keeps its width and shows the newest again; another stays where it is. */
export function following([low, high]: Stretch, lastBefore: number, lastNow: number): Stretch {
  const shift = lastNow - lastBefore;
  return high >= lastBefore && shift > 0 ? [low + shift, high + shift] : [low, high];
}
