import type { Chart, Scale } from 'chart.js';
import { fitText } from '../plot/fit-text.ts';
import type { Theme } from '../plot/theme.ts';
import type { ScatterPoint, ScatterProps, ScatterRegion } from '../types.ts';
import type { Placed } from './points.ts';

export const RADIUS = 4.5;
/** Names are written beside so many points at most. */
const MOST_NAMES = 30;
const NAME_WIDTH = 120;

export const placePoints = (chart: Chart, points: readonly ScatterPoint[]): Placed[] => points.map(({ key, x, y }) => ({ key, px: chart.scales['x']!.getPixelForValue(x), py: chart.scales['y']!.getPixelForValue(y) }));

/** More points than this are drawn small and translucent, so that a cloud shows where it is dense. */
const CLOUD = 400;

/** Points with a rim of the surface, and names beside those that have room for one. */
export function paintPoints(chart: Chart, points: readonly ScatterPoint[], theme: Theme, { chosen, region }: Pick<ScatterProps, 'chosen' | 'region'> = {}): void {
  const { ctx } = chart;
  const placed = placePoints(chart, points);
  const cloud = points.length > CLOUD;
  ctx.save();
  if (region) paintRegion(chart, region, theme);
  ctx.strokeStyle = theme.surface;
  ctx.lineWidth = 1;
  ctx.globalAlpha = cloud ? 0.55 : 1;
  const draw = (k: number, radius: number): void => {
    ctx.fillStyle = points[k]!.colour;
    ctx.beginPath();
    ctx.arc(placed[k]!.px, placed[k]!.py, radius, 0, 2 * Math.PI);
    ctx.fill();
  };
  for (let k = 0; k < points.length; k++) {
    draw(k, cloud ? RADIUS / 2 : RADIUS);
    if (!cloud) ctx.stroke();
  }
  const at = points.findIndex(({ key }) => key === chosen);
  if (at >= 0) {
    ctx.globalAlpha = 1;
    draw(at, RADIUS);
    ctx.strokeStyle = theme.text;
    ctx.lineWidth = 2;
    ctx.stroke();
  }
  if (points.length <= MOST_NAMES) writeNames(ctx, chart, points, placed, theme);
  ctx.restore();
}

function paintRegion({ ctx, chartArea, scales }: Chart, { x, y, label }: ScatterRegion, theme: Theme): void {
  const place = (scale: Scale, value: number, low: number, high: number): number => Math.max(Math.min(low, high), Math.min(Math.max(low, high), Number.isFinite(value) ? scale.getPixelForValue(value) : value > 0 ? high : low));
  const { left, right, top, bottom } = chartArea;
  const [x0, x1] = x.map((end) => place(scales['x']!, end, left, right)) as [number, number];
  const [y0, y1] = y.map((end) => place(scales['y']!, end, bottom, top)) as [number, number];
  ctx.fillStyle = theme.bad;
  ctx.globalAlpha = 0.08;
  ctx.fillRect(x0, y1, x1 - x0, y0 - y1);
  ctx.globalAlpha = 1;
  ctx.font = `11px ${theme.font}`;
  ctx.fillStyle = theme.muted;
  ctx.textBaseline = 'top';
  ctx.fillText(fitText(label, x1 - x0 - 8, (text) => ctx.measureText(text).width), x0 + 4, y1 + 4);
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
