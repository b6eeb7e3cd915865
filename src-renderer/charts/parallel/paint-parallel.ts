import { fitText } from '../plot/fit-text.ts';
import type { Theme } from '../plot/theme.ts';
import { passes, type Brushes, type ParallelAxis, type ParallelLine } from './axes.ts';
import { cornersOf, heightOf, type ParallelLayout } from './layout.ts';

export interface ParallelDrawing {
  readonly axes: readonly ParallelAxis[];
  readonly lines: readonly ParallelLine[];
  readonly brushes: Brushes;
  readonly highlighted: string | undefined;
  readonly theme: Theme;
  readonly tickWords: (ticks: readonly (number | string)[]) => string[];
}

/** Words beside an axis: at most so wide, and not up to the next axis, px. */
const TICK_WIDTH = 84;
const ROOM = 10;

/** Lines through axes: those outside the chosen stretches faint, the one pointed at on top and thick. */
export function paintParallel(context: CanvasRenderingContext2D, layout: ParallelLayout, drawing: ParallelDrawing): void {
  const { axes, lines, brushes, highlighted } = drawing;
  context.save();
  context.lineJoin = 'round';
  const kept = new Map(lines.map((line) => [line.key, passes(line, axes, brushes)]));
  const rank = ({ key }: ParallelLine): number => (key === highlighted ? 2 : kept.get(key) ? 1 : 0);
  const alone = highlighted !== undefined;
  for (const line of [...lines].sort((a, b) => rank(a) - rank(b))) {
    context.strokeStyle = line.colour;
    context.lineWidth = line.key === highlighted ? 2.5 : 1.25;
    context.globalAlpha = line.key === highlighted ? 1 : !kept.get(line.key) ? 0.08 : alone ? 0.3 : 0.8;
    context.beginPath();
    for (const [k, y] of cornersOf(line, axes, layout).entries()) {
      if (k === 0) context.moveTo(layout.at[k]!, y);
      else context.lineTo(layout.at[k]!, y);
    }
    if (axes.length === 1) context.lineTo(layout.at[0]! + 0.01, cornersOf(line, axes, layout)[0]!);
    context.stroke();
  }
  context.globalAlpha = 1;
  for (const [k, axis] of axes.entries()) paintAxis(context, layout, drawing, axis, k);
  context.restore();
}

function paintAxis(context: CanvasRenderingContext2D, layout: ParallelLayout, { lines, brushes, theme, tickWords }: ParallelDrawing, axis: ParallelAxis, k: number): void {
  const x = Math.round(layout.at[k]!) + 0.5;
  context.strokeStyle = theme.strong;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, layout.top);
  context.lineTo(x, layout.bottom);
  context.stroke();
  const brush = brushes[axis.dimension.key];
  if (brush) {
    context.fillStyle = theme.accent;
    context.globalAlpha = 0.3;
    const top = heightOf(layout, brush[1]);
    context.fillRect(x - 6, top - 2, 12, heightOf(layout, brush[0]) - top + 4);
    context.globalAlpha = 1;
  }
  context.font = `11px ${theme.font}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const room = Math.min(TICK_WIDTH, (layout.at[k + 1] ?? layout.width) - layout.at[k]! - ROOM);
  const write = (text: string, y: number): void => {
    const words = fitText(text, room, (piece) => context.measureText(piece).width);
    const width = context.measureText(words).width;
    // Lines pass behind the words: the surface under them keeps them legible.
    context.fillStyle = theme.surface;
    context.globalAlpha = 0.75;
    context.fillRect(x + 6, y - 7, width + 2, 14);
    context.globalAlpha = 1;
    context.fillStyle = theme.muted;
    context.fillText(words, x + 7, y);
  };
  for (const [t, words] of tickWords(axis.ticks).entries()) write(words, heightOf(layout, axis.place(axis.ticks[t])!));
  if (lines.some(({ values }) => axis.place(values[axis.dimension.key]) === undefined)) write('no value', layout.missing);
}
