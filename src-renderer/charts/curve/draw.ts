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

/** Width of a line that is not told another, px. */
export const LINE_WIDTH = 1.75;

/** Nearer than this, in px, is the same spot. */
const SAME_X = 0.9;
const SAME_Y = 0.4;

/** What was laid as a path. */
export interface Trace {
  /** Places (x, y, x, y …) of samples that stand alone between breaks: a line cannot show them. */
  readonly alone: readonly number[];
  /** Pixels that the path climbs and falls. */
  readonly climb: number;
  readonly corners: number;
}

/** Lays the visible part of a curve as a path. */
export function traceCurve(context: CanvasRenderingContext2D, x: Float64Array, y: Float64Array, { low, high, columns, toX, toY }: Window): Trace {
  const alone: number[] = [];
  let climb = 0;
  let corners = 0;
  let length = 0;
  let px = 0;
  let py = 0;
  for (const k of thin(x, y, low, high, columns)) {
    if (k === BREAK) {
      if (length === 1) alone.push(px, py);
      length = 0;
      continue;
    }
    const nextX = toX(x[k]!);
    const nextY = toY(y[k]!);
    const rise = Math.abs(nextY - py);
    // What would fall on the same spot is left out: smooth curves need half as many corners.
    if (length > 0 && nextX - px < SAME_X && rise < SAME_Y) continue;
    px = nextX;
    py = nextY;
    if (length++ > 0) {
      context.lineTo(px, py);
      climb += rise;
      corners++;
    } else context.moveTo(px, py);
  }
  if (length === 1) alone.push(px, py);
  return { alone, climb, corners };
}

/** Draws lone samples as dots. */
export function fillDots(context: CanvasRenderingContext2D, places: readonly number[], radius: number): void {
  for (let k = 0; k < places.length; k += 2) {
    context.beginPath();
    context.arc(places[k]!, places[k + 1]!, radius, 0, 2 * Math.PI);
    context.fill();
  }
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

/** Draws a stem from zero, or from the plot's foot where zero has no place, to each sample in sight, and a dot on it. */
export function drawStems(context: CanvasRenderingContext2D, x: Float64Array, y: Float64Array, { low, high, toX, toY }: Window): void {
  const dots: number[] = [];
  const foot = toY(0);
  context.beginPath();
  for (let k = 0; k < x.length; k++) {
    if (!(x[k]! >= low && x[k]! <= high) || !Number.isFinite(y[k]!)) continue;
    const [px, py] = [toX(x[k]!), toY(y[k]!)];
    context.moveTo(px, foot);
    context.lineTo(px, py);
    dots.push(px, py);
  }
  context.stroke();
  fillDots(context, dots, context.lineWidth + 1);
}
