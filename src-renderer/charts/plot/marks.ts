import type { Chart, Plugin } from 'chart.js';
import type { LineSeries, Marker, ReferenceLine } from '../types.ts';
import type { Theme } from './theme.ts';

export interface MarksContent {
  readonly series: readonly LineSeries[];
  readonly references: readonly ReferenceLine[];
  readonly markers: readonly Marker[];
  readonly theme: Theme;
}

export interface MarksPlugin extends Plugin {
  content: MarksContent | undefined;
}

/** Reference lines under the curves; red ticks on the x axis where values are not finite; thin lines where something happened. */
export function marksPlugin(): MarksPlugin {
  const plugin: MarksPlugin = {
    id: 'marks',
    content: undefined,
    beforeDatasetsDraw: (chart) => {
      if (plugin.content) drawReferences(chart, plugin.content);
    },
    afterDatasetsDraw: (chart) => {
      if (plugin.content) drawMarkers(chart, plugin.content);
    },
  };
  return plugin;
}

function drawReferences(chart: Chart, { references, theme }: MarksContent): void {
  const { ctx, chartArea: area } = chart;
  const y = chart.scales['y']!;
  ctx.save();
  ctx.strokeStyle = theme.strong;
  ctx.setLineDash([4, 3]);
  for (const reference of references) {
    if (reference.y < y.min || reference.y > y.max) continue;
    const pixel = Math.round(y.getPixelForValue(reference.y)) + 0.5;
    ctx.beginPath();
    ctx.moveTo(area.left, pixel);
    ctx.lineTo(area.right, pixel);
    ctx.stroke();
  }
  ctx.restore();
}

function drawMarkers(chart: Chart, { series, markers, theme }: MarksContent): void {
  const { ctx, chartArea: area } = chart;
  const x = chart.scales['x']!;
  ctx.save();
  const columns = new Set<number>();
  const mark = (at: number): void => {
    if (at >= x.min && at <= x.max) columns.add(Math.round(x.getPixelForValue(at)));
  };
  for (const one of series) for (const [k, value] of one.y.entries()) if (!Number.isFinite(value)) mark(one.x[k]!);
  for (const { kind, x: at } of markers) if (kind === 'nan') mark(at);
  ctx.fillStyle = theme.bad;
  for (const pixel of columns) ctx.fillRect(pixel - 1, area.bottom - 8, 2, 12);
  ctx.strokeStyle = theme.strong;
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
