import { Chart, PointElement, type ChartConfiguration } from 'chart.js';
import { CurvesController, type CurvesDataset } from '../curve/CurvesController.ts';
import { NumberScale } from '../scale/NumberScale.ts';
import type { LineSeries, Marker, ReferenceLine } from '../types.ts';
import { lineOptions, type LineLook } from './line-options.ts';
import { paintPerFrame } from './paint.ts';
import { marksPlugin } from './marks.ts';

Chart.register(CurvesController, NumberScale, PointElement);

export interface LineContent {
  readonly series: readonly LineSeries[];
  readonly references: readonly ReferenceLine[];
  readonly markers: readonly Marker[];
  readonly smoothing: number;
}

/** A line chart on a canvas. Plain, outside Vue's reactivity. */
export class LinePlot {
  readonly chart: Chart;
  readonly #stop: () => void;
  readonly #marks = marksPlugin();

  constructor(canvas: HTMLCanvasElement, look: LineLook) {
    this.chart = new Chart(canvas, { type: 'curves', data: { datasets: [] }, options: lineOptions(look), plugins: [this.#marks] } as unknown as ChartConfiguration);
    this.#stop = paintPerFrame(this.chart, canvas);
  }

  show(content: LineContent, look: LineLook): void {
    const { min, max } = (this.chart.options.scales?.['x'] ?? {}) as { min?: number; max?: number };
    const options = lineOptions(look);
    Object.assign((options.scales as Record<string, object>)['x']!, min === undefined ? {} : { min, max });
    this.chart.options = options;
    const dataset: CurvesDataset = { type: 'curves', data: [], curves: content.series, smoothing: content.smoothing, logarithmic: look.scale === 'log' };
    this.chart.data.datasets = [dataset as never];
    this.#marks.content = { ...content, theme: look.theme };
    this.chart.update('none');
  }

  destroy(): void {
    this.#stop();
    this.chart.destroy();
  }
}
