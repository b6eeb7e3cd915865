import type { Chart } from 'chart.js';
import { fitText } from '../plot/fit-text.ts';
import type { Theme } from '../plot/theme.ts';
import type { ScatterPoint } from '../types.ts';
import type { Placed } from './points.ts';

export const RADIUS = 4.5;
/** Names are written beside so many points at most. */
const MOST_NAMES = 30;
const NAME_WIDTH = 120;

export const placePoints = (chart: Chart, points: readonly ScatterPoint[]): Placed[] => points.map(({ key, x, y }) => ({ key, px: chart.scales['x']!.getPixelForValue(x), py: chart.scales['y']!.getPixelForValue(y) }));

/** Points with a rim of the surface, and names beside those that have room for one. */
export function paintPoints(chart: Chart, points: readonly ScatterPoint[], theme: Theme): void {
  const { ctx } = chart;
  const placed = placePoints(chart, points);
  ctx.save();
  ctx.strokeStyle = theme.surface;
  ctx.lineWidth = 1;
  for (const [k, { colour }] of points.entries()) {
    ctx.fillStyle = colour;
    ctx.beginPath();
    ctx.arc(placed[k]!.px, placed[k]!.py, RADIUS, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
  }
  if (points.length <= MOST_NAMES) writeNames(ctx, chart, points, placed, theme);
  ctx.restore();
}

function writeNames(ctx: CanvasRenderingContext2D, chart: Chart, points: readonly ScatterPoint[], placed: readonly Placed[], theme: Theme): void {
  ctx.font = `11px ${theme.font}`;
  ctx.textBaseline = 'middle';
  ctx.fillStyle = theme.muted;
  const taken = placed.map(({ px, py }) => ({ left: px - RADIUS, right: px + RADIUS, top: py - RADIUS, bottom: py + RADIUS }));
  for (const [k, { label }] of points.entries()) {
    const name = fitText(label, NAME_WIDTH, (text) => ctx.measureText(text).width);
    const width = ctx.measureText(name).width;
    const { px, py } = placed[k]!;
    const right = px + RADIUS + 4 + width < chart.width - 2;
    const left = right ? px + RADIUS + 4 : px - RADIUS - 4 - width;
    const box = { left, right: left + width, top: py - 7, bottom: py + 7 };
    if (taken.some((other, j) => j !== k && box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top)) continue;
    taken.push(box);
    ctx.fillText(name, left, py + 0.5);
  }
}
