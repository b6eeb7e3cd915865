import type { Chart } from 'chart.js';
import type { LineSeries, Marker, ReferenceLine } from '../types.ts';
import { brokenColumns } from './non-finite.ts';
import type { Theme } from './theme.ts';

/** Trivial answers' levels, thin and dashed. Where a log axis has no place for one (≤ 0), its label alone points down. */
export function drawReferences(chart: Chart, references: readonly ReferenceLine[], theme: Theme): void {
  const { ctx, chartArea: area } = chart;
  const y = chart.scales['y']!;
  ctx.save();
  ctx.strokeStyle = theme.strong;
  ctx.lineWidth = 1;
  ctx.setLineDash([4, 3]);
  for (const reference of references) {
    if (!(reference.y >= y.min && reference.y <= y.max)) continue;
    const pixel = Math.round(y.getPixelForValue(reference.y)) + 0.5;
    ctx.beginPath();
    ctx.moveTo(area.left, pixel);
    ctx.lineTo(area.right, pixel);
    ctx.stroke();
  }
  ctx.restore();
}

/** Red ticks on the x axis where values are not finite; dotted lines where something happened. */
export function drawMarkers(chart: Chart, series: readonly LineSeries[], markers: readonly Marker[], theme: Theme): void {
  const { ctx, chartArea: area } = chart;
  const x = chart.scales['x']!;
  ctx.save();
  const columns = brokenColumns(series, x.min, x.max, Math.round(area.width));
  for (const { kind, x: at } of markers) if (kind === 'nan' && at >= x.min && at <= x.max) columns.add(Math.round(x.getPixelForValue(at) - area.left));
  ctx.fillStyle = theme.bad;
  for (const column of columns) ctx.fillRect(Math.round(area.left) + column - 1, area.bottom - 9, 2, 13);
  ctx.strokeStyle = theme.strong;
  ctx.lineWidth = 1;
  ctx.setLineDash([1, 3]);
  for (const { kind, x: at } of markers) {
    if (kind !== 'event' || at < x.min || at > x.max) continue;
    const pixel = Math.round(x.getPixelForValue(at)) + 0.5;
    ctx.beginPath();
    ctx.moveTo(pixel, area.top);
    ctx.lineTo(pixel, area.bottom);
    ctx.stroke();
  }
  ctx.restore();
}
