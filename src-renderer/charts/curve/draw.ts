import { BREAK, thin } from './thin.ts';

/** Maps a value to a pixel. */
export type ToPixel = (value: number) => number;

export interface Window {
  /** Visible x, and the pixel columns it spans. */
  readonly low: number;
  readonly high: number;
  readonly columns: number;
  readonly toX: ToPixel;
  readonly toY: ToPixel;
}

/** Lays the visible part of a curve as a path; a sample alone between breaks becomes a dot. */
export function traceCurve(context: CanvasRenderingContext2D, x: Float64Array, y: Float64Array, { low, high, columns, toX, toY }: Window): void {
  const chosen = thin(x, y, low, high, columns);
  let alone = true;
  let open = false;
  let px = 0;
  let py = 0;
  for (const k of chosen) {
    if (k === BREAK) {
      if (open && alone) dot(context, px, py);
      open = false;
      continue;
    }
    px = toX(x[k]!);
    py = toY(y[k]!);
    if (open) {
      context.lineTo(px, py);
      alone = false;
    } else {
      context.moveTo(px, py);
      open = alone = true;
    }
  }
  if (open && alone) dot(context, px, py);
}

/** A line of no length: round caps make it a dot. */
function dot(context: CanvasRenderingContext2D, px: number, py: number): void {
  context.moveTo(px - 0.01, py);
  context.lineTo(px + 0.01, py);
}

/** Fills between two edges, broken where either is not finite. */
export function fillBand(context: CanvasRenderingContext2D, x: Float64Array, lower: Float64Array, upper: Float64Array, window: Window): void {
  const { low, high, columns, toX, toY } = window;
  const chosen = thin(x, upper, low, high, columns);
  let start = 0;
  for (let k = 0; k <= chosen.length; k++) {
    if (k < chosen.length && chosen[k] !== BREAK && Number.isFinite(lower[chosen[k]!]!)) continue;
    if (k - start > 1) {
      context.beginPath();
      for (let j = start; j < k; j++) context.lineTo(toX(x[chosen[j]!]!), toY(upper[chosen[j]!]!));
      for (let j = k - 1; j >= start; j--) context.lineTo(toX(x[chosen[j]!]!), toY(lower[chosen[j]!]!));
      context.closePath();
      context.fill();
    }
    start = k + 1;
  }
}
