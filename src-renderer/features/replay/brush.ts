import type { Range } from './filter.ts';

/**
 * A filter's range as a histogram draws it: within the values there are (a typed "≥ 2" has no upper end), and for whole numbers from the
 * lower edge of the first one's bin to the upper edge of the last one's.
 */
export function toBrush(range: Range | undefined, values: Float64Array, whole: boolean): Range | null {
  if (!range) return null;
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const half = whole ? 0.5 : 0;
  const within = (value: number): number => Math.min(most + half, Math.max(least - half, value));
  return [within(range[0] - half), within(range[1] + half)];
}

/** A brushed interval as a filter's range. */
export const fromBrush = (brush: Range | null, whole: boolean): Range | null => (brush && whole ? [Math.ceil(brush[0]), Math.floor(brush[1])] : brush);
