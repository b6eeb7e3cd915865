import { Chart, PointElement, type ChartConfiguration } from 'chart.js';
import { NumberScale } from '../scale/NumberScale.ts';
import type { Scale } from '../types.ts';
import { axisOptions, scaleMark } from './line-options.ts';
import { Painter } from './paint.ts';
import { PaintedController, type PaintedDataset } from './PaintedController.ts';
import { PlotChart } from './PlotChart.ts';
import type { Theme } from './theme.ts';

Chart.register(PaintedController, NumberScale, PointElement);

/** An axis of a painted plot. */
export interface PaintedAxis {
  readonly title: string;
  readonly extent: readonly [number, number];
  readonly scale: Scale;
  readonly threshold?: number;
  /** Exactly its extent, without room around. */
  readonly tight?: boolean;
  readonly whole?: boolean;
  readonly most?: number;
}

export interface Painting {
  readonly theme: Theme;
  readonly x: PaintedAxis;
  readonly y: PaintedAxis;
  readonly labels: (ticks: readonly number[]) => string[];
  readonly paint: (chart: Chart) => void;
}

export function paintedConfig(painting: Painting): ChartConfiguration {
  const axis = (name: 'x' | 'y'): object => {
    const { title, scale, threshold = 1, tight = false, whole = false, most = 5 } = painting[name];
    return { axis: name, ...axisOptions(painting, `${title}${scaleMark(scale)}`), mode: scale, threshold, tight, whole, most };
  };
  const dataset: PaintedDataset = { type: 'painted', data: [], x: painting.x.extent, y: painting.y.extent, paint: painting.paint };
  const options = { animation: false, responsive: false, maintainAspectRatio: false, parsing: false, normalized: true, events: [], layout: { padding: { top: 8, right: 12 } }, scales: { x: axis('x'), y: axis('y') } };
  return { type: 'painted', data: { datasets: [dataset] }, options } as unknown as ChartConfiguration;
}

/**
 * A chart whose marks are drawn by its owner: once a frame at most, and only while it can be seen. It is made by its first drawing, so
 * that a page is there before its charts, and charts out of sight cost nothing.
 */
export class PaintedPlot {
  readonly #canvas: HTMLCanvasElement;
  readonly #painter: Painter;
  readonly #drawn: () => void;
  #chart: PlotChart | undefined;
  #painting: Painting;
  /** Whether the chart has yet to hear of `#painting`. */
  #isNew = true;

  /** @param drawn called after every drawing */
  constructor(canvas: HTMLCanvasElement, painting: Painting, drawn: () => void) {
    this.#canvas = canvas;
    this.#drawn = drawn;
    this.#painting = painting;
    this.#painter = new Painter(canvas, () => this.#paint(), (size) => this.#chart?.fit(size) && this.#paint());
    this.#painter.request();
  }

  get chart(): Chart {
    this.#chart ??= this.#make();
    return this.#chart;
  }

  show(painting: Painting): void {
    this.#painting = painting;
    this.#isNew = true;
    this.#painter.request();
  }

  destroy(): void {
    this.#painter.stop();
    this.#chart?.destroy();
  }

  #make(): PlotChart {
    this.#isNew = false;
    const chart = new PlotChart(this.#canvas, this.#painter.size, paintedConfig(this.#painting));
    chart.due = () => this.#painter.request();
    return chart;
  }

  #paint(): void {
    const chart = (this.#chart ??= this.#make());
    if (this.#isNew) {
      const { data, options } = paintedConfig(this.#painting);
      this.#isNew = false;
      chart.data = data;
      chart.options = options!;
      chart.layOut();
    }
    chart.draw();
    this.#drawn();
  }
}
