import type { ParallelAxis, ParallelLine } from './axes.ts';

/** Places of axes on the canvas, px. */
export interface ParallelLayout {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly bottom: number;
  /** Where lines without a value pass, below the axes. */
  readonly missing: number;
  /** x of every axis. */
  readonly at: readonly number[];
}

const TOP = 12;
const BOTTOM = 30;
const SIDE = 56;
const BELOW = 16;

export function layoutOf(width: number, height: number, axes: number): ParallelLayout {
  const inner = Math.max(0, width - 2 * SIDE);
  return { width, height, top: TOP, bottom: Math.max(TOP + 1, height - BOTTOM), missing: height - BOTTOM + BELOW, at: Array.from({ length: axes }, (_, k) => (axes === 1 ? width / 2 : SIDE + (inner * k) / (axes - 1))) };
}

export const heightOf = ({ top, bottom }: ParallelLayout, place: number): number => bottom - place * (bottom - top);

/** A line's corners: y at every axis. */
export const cornersOf = (line: ParallelLine, axes: readonly ParallelAxis[], layout: ParallelLayout): number[] =>
  axes.map(({ dimension, place }) => {
    const at = place(line.values[dimension.key]);
    return at === undefined ? layout.missing : heightOf(layout, at);
  });

/** The line nearest to a place on the canvas, at most `reach` px above or below. */
export function lineAt(corners: readonly { readonly key: string; readonly heights: readonly number[] }[], { at }: ParallelLayout, px: number, py: number, reach: number): string | undefined {
  if (at.length < 2) return undefined;
  let segment = 0;
  while (segment < at.length - 2 && px > at[segment + 1]!) segment++;
  const part = Math.max(0, Math.min(1, (px - at[segment]!) / (at[segment + 1]! - at[segment]!)));
  let best: string | undefined;
  let least = reach;
  for (const { key, heights } of corners) {
    const distance = Math.abs(heights[segment]! * (1 - part) + heights[segment + 1]! * part - py);
    if (distance < least) {
      least = distance;
      best = key;
    }
  }
  return best;
}
