import type { Chart } from 'chart.js';
import { fitText } from './fit-text.ts';
import type { GutterLabel } from './gutter.ts';
import { placeLabels } from './place-labels.ts';
import type { Theme } from './theme.ts';

export const LABEL_SIZE = 11;
const LABEL_HEIGHT = 14;
/** From the plot to the label: room for the line that joins them. */
export const LEADER = 14;
/** A chart gives labels this much of its width at most. */
const WIDEST = 0.34;
const MANY = 6;
const UP = '↑ ';
const DOWN = '↓ ';

const more = (count: number): string => `+${count} more`;

export const gutterFont = (theme: Theme): string => `${LABEL_SIZE}px ${theme.font}`;

/** Room right of the plot for labels; in steps, so that the plot does not shift with every digit. */
export function gutterWidth(labels: readonly GutterLabel[], width: number, measure: (text: string) => number): number {
  if (labels.length === 0) return 12;
  // A reference may come to lie beyond the axis.
  const texts = labels.map(({ text, x }) => (x === undefined ? UP + text : text));
  // Where many may pile up, one line may count those left out.
  if (texts.length > MANY) texts.push(more(texts.length));
  const widest = Math.max(...texts.map(measure));
  return Math.min(Math.ceil((widest + LEADER + 4) / 16) * 16, Math.max(48, Math.floor(width * WIDEST)));
}

/** Writes last values at the ends of their lines and names of reference lines beside them. */
export function drawGutter(chart: Chart, labels: readonly GutterLabel[], theme: Theme): void {
  const { ctx, chartArea: area } = chart;
  const x = chart.scales['x']!;
  const y = chart.scales['y']!;
  const near = 0.5;
  const wishes = labels
    .filter((label) => label.x === undefined || (label.x >= x.min && label.x <= x.max))
    .map((label) => ({ ...label, at: y.getPixelForValue(label.value) }))
    .filter(({ at, x: end }) => Number.isFinite(at) && (end === undefined || (at >= area.top - near && at <= area.bottom + near)))
    .map((label) => ({ ...label, at: Math.max(area.top, Math.min(area.bottom, label.at)), beyond: label.value > y.max ? UP : label.value < y.min ? DOWN : '' }));
  ctx.save();
  ctx.font = gutterFont(theme);
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  ctx.lineWidth = 1;
  const room = chart.width - area.right - LEADER - 2;
  // Not below the axis, where its last tick has its label.
  const { placed, rest } = placeLabels(wishes, LABEL_HEIGHT, 0, area.bottom + LABEL_HEIGHT / 2);
  for (const { label, at } of placed) {
    ctx.strokeStyle = label.colour ?? theme.strong;
    const end = label.x === undefined ? area.right : x.getPixelForValue(label.x);
    if (end < area.right - 4) lead(ctx, end + 4, area.right + 2, label.at);
    ctx.beginPath();
    ctx.moveTo(area.right + 2, label.at);
    ctx.lineTo(area.right + 4, label.at);
    ctx.lineTo(area.right + LEADER - 3, at);
    ctx.stroke();
    ctx.fillStyle = label.colour ? theme.text : theme.muted;
    ctx.fillText(fitText(label.beyond + label.text, room, (text) => ctx.measureText(text).width), area.right + LEADER, at + 0.5);
  }
  ctx.fillStyle = theme.muted;
  for (const { count, at } of rest) ctx.fillText(more(count), area.right + LEADER, at + 0.5);
  ctx.restore();
}

/** Leads the eye from a line that ends before the edge: faint and dotted, no part of the curve. */
function lead(ctx: CanvasRenderingContext2D, from: number, to: number, at: number): void {
  ctx.save();
  ctx.globalAlpha = 0.6;
  ctx.setLineDash([1, 4]);
  ctx.beginPath();
  ctx.moveTo(from, at);
  ctx.lineTo(to, at);
  ctx.stroke();
  ctx.restore();
}
