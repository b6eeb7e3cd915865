import { Chart, PointElement, type ChartConfiguration } from 'chart.js';
import { NumberScale } from '../scale/NumberScale.ts';
import type { Scale } from '../types.ts';
import { axisOptions, scaleMark } from './line-options.ts';
import { Painter } from './paint.ts';
import { PaintedController, type PaintedDataset } from './PaintedController.ts';
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
  const options = { animation: false, responsive: true, maintainAspectRatio: false, parsing: false, normalized: true, events: [], layout: { padding: { top: 8, right: 12 } }, scales: { x: axis('x'), y: axis('y') } };
  return { type: 'painted', data: { datasets: [dataset] }, options } as unknown as ChartConfiguration;
}

/** A chart whose marks are drawn by its owner: once a frame at most, and only while it can be seen. */
export class PaintedPlot {
  readonly chart: Chart;
  readonly #painter: Painter;
  readonly #drawn: () => void;
  #next: Painting | undefined;

  /** @param drawn called after every drawing */
  constructor(canvas: HTMLCanvasElement, painting: Painting, drawn: () => void) {
    this.#drawn = drawn;
    this.#next = painting;
    this.chart = new Chart(canvas, { type: 'painted', data: { datasets: [] }, options: paintedConfig(painting).options } as unknown as ChartConfiguration);
    this.#painter = new Painter(canvas, () => this.#paint());
    // Chart.js would draw at every update: the painter decides.
    this.chart.render = () => this.#painter.request();
    this.#painter.request();
  }

  show(painting: Painting): void {
    this.#next = painting;
    this.#painter.request();
  }

  destroy(): void {
    this.#painter.stop();
    this.chart.destroy();
  }

  #paint(): void {
    if (this.#next) {
      const { data, options } = paintedConfig(this.#next);
      this.#next = undefined;
      this.chart.data = data;
      this.chart.options = options!;
      this.chart.update('none');
    }
    this.chart.draw();
    this.#drawn();
  }
}
