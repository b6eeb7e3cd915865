import { drawStill } from '../save/draw-still.ts';
import type { Picture } from '../save/picture.ts';
import { stillConfig } from '../plot/line-config.ts';
import type { LinePlot } from '../plot/LinePlot.ts';

/** Least size of a saved plot, px: a small chart on the screen still makes a readable picture. */
const LEAST = { width: 640, height: 320 };

/** What is on the canvas, as a picture with title and legend. */
export function linePicture(plot: LinePlot, title: string): Picture {
  const { content, look } = plot.shown;
  const named = content.series.filter(({ background }) => !background);
  return {
    title,
    legend: named.length > 1 ? named.map(({ label, colour, dash }) => ({ label, colour, dash: dash ?? [] })) : [],
    theme: look.theme,
    width: Math.max(LEAST.width, Math.round(plot.chart.width)),
    height: Math.max(LEAST.height, Math.round(plot.chart.height)),
    draw: (context, ratio) => drawStill(context, stillConfig(content, look, plot.view), ratio),
  };
}
