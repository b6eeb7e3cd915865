import { Chart, PointElement, type ChartConfiguration } from 'chart.js';
import { CurvesController, type CurvesDataset } from '../curve/CurvesController.ts';
import { NumberScale } from '../scale/NumberScale.ts';
import { datasetOf, isView, setView, surroundings, type LineContent, type View } from './line-config.ts';
import { lineOptions, type LineLook } from './line-options.ts';
import { Painter } from './paint.ts';
import { PlotChart } from './PlotChart.ts';
import { following, panned, within, zoomed, type Stretch } from './window.ts';
import { axisOf, onGestures, zoomPlugin } from './zoom-scale.ts';

Chart.register(CurvesController, NumberScale, PointElement);

/** After this long without a move a window rests. */
const RESTED_MS = 150;

export interface LinePlotEvents {
  /** Whether a wheel's turn is meant for the chart, not for the page. */
  wheelable(event: WheelEvent): boolean;
  /** Zoomed, panned or set back by the person. */
  moved(view: View): void;
  /** Drawn anew: what lies over the chart must follow. */
  drawn(): void;
}

/** What is to be seen. */
interface Shown {
  readonly content: LineContent;
  readonly look: LineLook;
}

/**
 * A line chart on a canvas: plain, outside Vue's reactivity. What it is told to show is laid out and drawn in an animation frame, at
 * most once a frame and only while it can be seen. The chart is made by its first drawing, and that waits for a first value: a page is
 * there before its charts.
 */
export class LinePlot {
  readonly #canvas: HTMLCanvasElement;
  readonly #events: LinePlotEvents;
  readonly #painter: Painter;
  readonly #around = surroundings();
  #chart: PlotChart | undefined;
  #shown: Shown;
  /** What the chart has yet to hear of. */
  #next: Shown | undefined;
  #view: View = {};
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(canvas: HTMLCanvasElement, content: LineContent, look: LineLook, events: LinePlotEvents) {
    this.#canvas = canvas;
    this.#events = events;
    this.#shown = { content, look };
    this.#painter = new Painter(canvas, () => this.#paint(), (size) => this.#chart?.fit(size) && this.#paint());
    this.show(content, look);
  }

  get chart(): Chart {
    this.#chart ??= this.#make();
    return this.#chart;
  }

  get view(): View {
    return this.#view;
  }

  /** What is on the canvas, for pictures. */
  get shown(): Shown {
    return this.#next ?? this.#shown;
  }

  show(content: LineContent, look: LineLook): void {
    this.#next = { content, look };
    if (this.#chart || content.series.some(({ x }) => x.length > 0)) this.#painter.request();
  }

  /** Everything again, or a window. Tells `moved`. */
  setView(view: View): void {
    this.#apply(view);
    this.chart.update('none');
    this.#events.moved(this.#view);
  }

  /** Pins the y axis where it is, or lets it fit what is in sight again. */
  pinY(pinned: boolean): void {
    const y = this.chart.scales['y'];
    this.setView({ ...(this.#view.x ? { x: this.#view.x } : {}), ...(pinned && y ? { y: [y.min, y.max] as const } : {}) });
  }

  /** Zooms around the middle, as keys do. */
  zoomX(factor: number): void {
    const { left, right } = this.chart.chartArea;
    this.#zoom('x', (left + right) / 2, factor);
    this.chart.update('none');
  }

  /** Moves the window by a part of its width, as keys do. */
  panBy(x: number, y: number): void {
    const { width, height } = this.chart.chartArea;
    if (x !== 0) this.#pan('x', -x * width);
    if (y !== 0) this.#pan('y', y * height);
    this.chart.update('none');
  }

  /** Zooms to a box drawn on the canvas; an axis along which it has no length stays. */
  zoomTo(box: { left: number; right: number; top: number; bottom: number }, axes: { x: boolean; y: boolean }): void {
    const { x, y } = this.chart.scales;
    const value = (scale: typeof x, pixel: number): number => scale!.getValueForPixel(pixel)!;
    const wanted: View = { ...this.#view, ...(axes.x ? { x: [value(x, box.left), value(x, box.right)] as const } : {}), ...(axes.y ? { y: [value(y, box.bottom), value(y, box.top)] as const } : {}) };
    this.setView({ ...wanted, ...(wanted.x ? { x: within(wanted.x, this.#everything()) } : {}) });
  }

  destroy(): void {
    clearTimeout(this.#resting);
    this.#painter.stop();
    this.#chart?.destroy();
  }

  #options(look: LineLook): object {
    const zoom = {
      zoom: {
        wheel: { enabled: true, speed: 0.15 },
        pinch: { enabled: true },
        mode: 'x',
        // Along y where the pointer is over the y axis.
        scaleMode: 'y',
        onZoomStart: ({ event }: { event: Event }) => !(event instanceof WheelEvent) || this.#events.wheelable(event),
      },
      pan: { enabled: true, mode: 'xy', modifierKey: 'shift' },
    };
    return { ...lineOptions(look), plugins: { zoom } };
  }

  #everything(): Stretch {
    const { min, max } = (this.chart.getDatasetMeta(0).controller as unknown as CurvesController).getMinMax(this.chart.scales['x']!);
    return [min, max];
  }

  #apply(view: View): void {
    this.#view = { ...(view.x ? { x: view.x } : {}), ...(view.y ? { y: view.y } : {}) };
    setView(this.chart, this.#view);
  }

  #zoom(axis: 'x' | 'y', pixel: number, factor: number): void {
    const wanted = zoomed(axisOf(this.chart.scales[axis]!), pixel, factor);
    this.#set(axis, wanted);
  }

  #pan(axis: 'x' | 'y', pixels: number): void {
    // A y axis that fits what is in sight has nothing to pan to.
    if (axis === 'y' && !this.#view.y) return;
    this.#set(axis, panned(axisOf(this.chart.scales[axis]!), pixels));
  }

  #set(axis: 'x' | 'y', stretch: Stretch): void {
    if (!stretch.every(Number.isFinite)) return;
    this.#apply({ ...this.#view, [axis]: axis === 'x' ? within(stretch, this.#everything()) : stretch });
    this.#move();
    this.#events.moved(this.#view);
  }

  /** Draws coarser until the window has rested for a moment. */
  #move(): void {
    const moving = (now: boolean): void => void ((this.chart.data.datasets[0] as unknown as CurvesDataset).moving = now);
    moving(true);
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      moving(false);
      this.#painter.request();
    }, RESTED_MS);
  }

  #make(): PlotChart {
    this.#shown = this.shown;
    this.#next = undefined;
    const { content, look } = this.#shown;
    this.#around.set(content, look);
    const config = { type: 'curves', data: { datasets: [datasetOf(content, look)] }, options: this.#options(look), plugins: [this.#around, zoomPlugin] };
    const chart = new PlotChart(this.#canvas, this.#painter.size, config as unknown as ChartConfiguration);
    chart.due = () => this.#painter.request();
    onGestures(chart, { zoom: (axis, pixel, factor) => this.#zoom(axis, pixel, factor), pan: (axis, pixels) => this.#pan(axis, pixels) });
    return chart;
  }

  #paint(): void {
    this.#chart ??= this.#make();
    if (this.#next) this.#take(this.#chart, this.#next);
    this.#chart.draw();
    this.#events.drawn();
  }

  #take(chart: PlotChart, next: Shown): void {
    const before = this.#shown;
    const lastBefore = this.#everything()[1];
    this.#shown = next;
    this.#next = undefined;
    // The same object: for another one Chart.js makes everything that belongs to it anew.
    Object.assign(chart.data.datasets[0]!, datasetOf(next.content, next.look));
    this.#around.set(next.content, next.look);
    if (this.#view.x) this.#view = { ...this.#view, x: following(this.#view.x, lastBefore, lastX(next.content)) };
    if (before.look === next.look && isView(chart, this.#view) && this.#around.fits(chart) && chart.rescale()) return;
    if (before.look !== next.look) chart.options = this.#options(next.look);
    setView(chart, this.#view);
    chart.layOut();
  }
}

const lastX = ({ series }: LineContent): number => series.reduce((last, { x }) => Math.max(last, x.at(-1) ?? -Infinity), -Infinity);
