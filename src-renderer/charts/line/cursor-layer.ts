import type { Chart } from 'chart.js';
import { shownValues } from '../curve/CurvesController.ts';
import { nearestIndex } from '../plot/reading.ts';
import type { Theme } from '../plot/theme.ts';
import type { LineSeries } from '../types.ts';

/** A box drawn by dragging, px of the canvas. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Curves whose samples are marked under the cursor; of more only the line is drawn. */
const MOST_DOTS = 40;

/** Draws what moves with the pointer on a canvas of its own, so that the curves below need not be drawn again. */
export function drawLayer(canvas: HTMLCanvasElement, chart: Chart, theme: Theme, series: readonly LineSeries[], smoothing: number, x: number | undefined, box: Box | undefined): void {
  const ratio = chart.currentDevicePixelRatio;
  const width = Math.round(chart.width * ratio);
  const height = Math.round(chart.height * ratio);
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d')!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, chart.width, chart.height);
  if (x !== undefined) drawCursor(context, chart, theme, series, smoothing, x);
  if (box) {
    context.fillStyle = theme.accent;
    context.globalAlpha = 0.15;
    context.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
    context.globalAlpha = 1;
    context.strokeStyle = theme.accent;
    context.strokeRect(box.left + 0.5, box.top + 0.5, box.right - box.left - 1, box.bottom - box.top - 1);
  }
}

function drawCursor(context: CanvasRenderingContext2D, chart: Chart, theme: Theme, series: readonly LineSeries[], smoothing: number, x: number): void {
  const { chartArea: area, scales } = chart;
  const xScale = scales['x']!;
  if (!(x >= xScale.min && x <= xScale.max)) return;
  const pixel = Math.round(xScale.getPixelForValue(x)) + 0.5;
  context.strokeStyle = theme.muted;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(pixel, area.top);
  context.lineTo(pixel, area.bottom);
  context.stroke();
  const named = series.filter(({ background }) => !background);
  if (named.length > MOST_DOTS) return;
  context.lineWidth = 1.5;
  context.strokeStyle = theme.surface;
  for (const one of named) {
    const k = nearestIndex(one.x, x);
    const value = k < 0 ? NaN : shownValues(one, smoothing)[k]!;
    const py = scales['y']!.getPixelForValue(value);
    const px = k < 0 ? NaN : xScale.getPixelForValue(one.x[k]!);
    if (!Number.isFinite(value) || py < area.top - 1 || py > area.bottom + 1 || px < area.left - 1 || px > area.right + 1) continue;
    context.fillStyle = one.colour;
    context.beginPath();
    context.arc(px, py, 3.5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}
