import type { Theme } from '../plot/theme.ts';
import { SvgContext } from './SvgContext.ts';

/** An entry of a picture's legend. */
export interface LegendEntry {
  readonly label: string;
  readonly colour: string;
  readonly dash: readonly number[];
}

/** What a picture is made of: a title, a legend that wraps, and the plot, drawn by `draw` on a context of the plot's size. */
export interface Picture {
  readonly title: string;
  readonly legend: readonly LegendEntry[];
  readonly theme: Theme;
  /** Of the plot, px. */
  readonly width: number;
  readonly height: number;
  readonly draw: (context: CanvasRenderingContext2D, ratio: number) => void;
}

const MARGIN = 12;
const TITLE = 24;
const LEGEND_LINE = 20;
const SWATCH = 24;

/** Pixels of a saved picture a px of the screen. */
const RATIO = 2;

interface Placed extends LegendEntry {
  readonly x: number;
  readonly y: number;
}

/** Where a legend's entries stand. @returns entries with their left and middle, and the height of all */
export function placeLegend(legend: readonly LegendEntry[], width: number, measure: (text: string) => number): { placed: Placed[]; height: number } {
  let x = 0;
  let line = 0;
  const placed = legend.map((entry) => {
    const needed = SWATCH + 6 + measure(entry.label) + 16;
    if (x > 0 && x + needed > width) {
      x = 0;
      line++;
    }
    const at = { ...entry, x, y: line * LEGEND_LINE + LEGEND_LINE / 2 };
    x += needed;
    return at;
  });
  return { placed, height: legend.length === 0 ? 0 : (line + 1) * LEGEND_LINE };
}

function frame({ title, legend, theme, width, height }: Picture, context: CanvasRenderingContext2D): { top: number; width: number; height: number; draw: () => void } {
  const font = `12px ${theme.font}`;
  context.font = font;
  const { placed, height: legendHeight } = placeLegend(legend, width, (text) => context.measureText(text).width);
  const top = MARGIN + TITLE + legendHeight;
  const outer = { width: width + 2 * MARGIN, height: top + height + MARGIN };
  const draw = (): void => {
    context.fillStyle = theme.surface;
    context.fillRect(0, 0, outer.width, outer.height);
    context.fillStyle = theme.text;
    context.textBaseline = 'middle';
    context.textAlign = 'left';
    context.font = `600 13px ${theme.font}`;
    context.fillText(title, MARGIN, MARGIN + TITLE / 2 - 2);
    context.font = font;
    for (const { label, colour, dash, x, y } of placed) {
      context.strokeStyle = colour;
      context.lineWidth = 2;
      context.setLineDash([...dash]);
      context.beginPath();
      context.moveTo(MARGIN + x, MARGIN + TITLE + y);
      context.lineTo(MARGIN + x + SWATCH, MARGIN + TITLE + y);
      context.stroke();
      context.fillText(label, MARGIN + x + SWATCH + 6, MARGIN + TITLE + y);
    }
    context.setLineDash([]);
  };
  return { top, ...outer, draw };
}

/** A picture as PNG, twice as fine as the screen, on the theme's surface. @throws when the browser cannot encode it */
export async function pngOf(picture: Picture): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d')!;
  const { top, width, height, draw } = frame(picture, context);
  canvas.width = Math.round(width * RATIO);
  canvas.height = Math.round(height * RATIO);
  context.scale(RATIO, RATIO);
  draw();
  const plot = document.createElement('canvas');
  plot.width = picture.width;
  plot.height = picture.height;
  picture.draw(plot.getContext('2d')!, RATIO);
  context.drawImage(plot, MARGIN, top, picture.width, picture.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error(`a picture of ${canvas.width} × ${canvas.height} pixels could not be encoded as PNG`);
  return blob;
}

/** A picture as SVG: the curves as vectors, text as text. */
export function svgOf(picture: Picture): string {
  const ruler = document.createElement('canvas').getContext('2d')!;
  const measure = (text: string, font: string): number => {
    ruler.font = font;
    return ruler.measureText(text).width;
  };
  const outer = new SvgContext(0, 0, measure);
  const { top, width, height, draw } = frame(picture, outer as unknown as CanvasRenderingContext2D);
  draw();
  const plot = new SvgContext(picture.width, picture.height, measure);
  picture.draw(plot as unknown as CanvasRenderingContext2D, 1);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">\n${outer.elements}\n<g transform="translate(${MARGIN} ${top})">\n${plot.elements}\n</g>\n</svg>\n`;
}
