import { Chart, PointElement, type ChartConfiguration } from 'chart.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { CurvesController } from '../../../../src-renderer/charts/curve/CurvesController.ts';
import { datasetOf, isView, setView, surroundings, type LineContent } from '../../../../src-renderer/charts/plot/line-config.ts';
import { lineOptions, type LineLook } from '../../../../src-renderer/charts/plot/line-options.ts';
import { PlotChart } from '../../../../src-renderer/charts/plot/PlotChart.ts';
import { fontOf, SvgContext } from '../../../../src-renderer/charts/save/SvgContext.ts';
import { NumberScale } from '../../../../src-renderer/charts/scale/NumberScale.ts';
import { tickLabels } from '../../../../src-renderer/charts/scale/tick-labels.ts';
import type { Scale } from '../../../../src-renderer/charts/types.ts';
import { number, series } from './support.ts';

const SIZE = { width: 420, height: 240 };
const look = (scale: Scale): LineLook => ({
  theme: { font: 'sans-serif', text: '#111', muted: '#666', strong: '#999', grid: '#eee', bad: '#c00' } as LineLook['theme'],
  xTitle: 'Training iteration',
  yTitle: 'Mean squared error',
  scale,
  threshold: 1,
  whole: true,
  labels: (ticks) => tickLabels(ticks, 'comma'),
  number,
});

/** A chart on paper, and what its newest drawing wrote down. */
class Paper {
  readonly #context = new SvgContext(SIZE.width, SIZE.height, (text, font) => text.length * fontOf(font).size * 0.6);
  readonly #around = surroundings();
  readonly #look: LineLook;
  readonly chart: PlotChart;

  constructor(content: LineContent, scale: Scale) {
    this.#look = look(scale);
    this.#around.set(content, this.#look);
    const canvas = { ...SIZE, getContext: () => this.#context };
    this.chart = new PlotChart(canvas as unknown as HTMLCanvasElement, SIZE, { type: 'curves', data: { datasets: [datasetOf(content, this.#look)] }, options: lineOptions(this.#look), plugins: [this.#around] } as unknown as ChartConfiguration);
  }

  /** @returns whether the axes alone were enough */
  take(content: LineContent): boolean {
    Object.assign(this.chart.data.datasets[0]!, datasetOf(content, this.#look));
    this.#around.set(content, this.#look);
    const enough = this.#around.fits(this.chart) && this.chart.rescale();
    if (!enough) this.chart.layOut();
    return enough;
  }

  drawn(): string {
    const written = (): string => this.#context.elements.replace(/<defs>.*<\/defs>/s, '').replaceAll(/clip\d+/g, 'clip');
    const before = written().length;
    this.chart.draw();
    return written().slice(before).trim();
  }
}

const contentOf = (y: readonly number[], references: LineContent['references'] = []): LineContent => ({ series: [series('a', y)], references, markers: [], smoothing: 0 });

beforeAll(() => {
  vi.stubGlobal('window', { devicePixelRatio: 1 });
  Chart.register(CurvesController, NumberScale, PointElement);
});

describe('a chart of a growing curve', () => {
  const growth = fc.array(fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 8 });

  it('whose axes alone are laid out looks as if it were made anew', () => {
    fc.assert(fc.property(growth, fc.constantFrom<Scale>('linear', 'log'), (batches, scale) => {
      let all: number[] = [0.5, 0.25, 0.125];
      const paper = new Paper(contentOf(all), scale);
      for (const batch of batches) {
        all = [...all, ...batch];
        paper.take(contentOf(all));
        expect(paper.drawn()).toBe(new Paper(contentOf(all), scale).drawn());
      }
    }), { numRuns: 60 });
  });

  it('needs no more than that, nearly always', () => {
    const values = Array.from({ length: 2000 }, (_, k) => 0.1 + 0.9 * Math.exp(-k / 300));
    const paper = new Paper(contentOf(values.slice(0, 500)), 'log');
    const enough = Array.from({ length: 150 }, (_, k) => paper.take(contentOf(values.slice(0, 510 + 10 * k))));
    expect(enough.filter(Boolean).length).toBeGreaterThan(130);
  });

  it('is laid out whole where labels want more room', () => {
    const paper = new Paper(contentOf([1, 2, 3, 4]), 'linear');
    expect(paper.take(contentOf([1, 2, 3, 4, 4]))).toBe(true);
    expect(paper.take(contentOf([1, 2, 3, 4, 4], [{ y: 2, label: 'predict the mean of all answers' }]))).toBe(false);
    expect(paper.take(contentOf([1, 2, 3, 4, 1e7]))).toBe(false);
  });

  it('knows the window that it was laid out for', () => {
    const { chart } = new Paper(contentOf([1, 2, 3, 4]), 'linear');
    expect(isView(chart, {})).toBe(true);
    expect(isView(chart, { x: [1, 2] })).toBe(false);
    setView(chart, { x: [1, 2] });
    expect(isView(chart, { x: [1, 2] })).toBe(false);
    chart.layOut();
    expect([isView(chart, { x: [1, 2] }), isView(chart, { x: [1, 3] }), isView(chart, {})]).toEqual([true, false, false]);
  });

  it('asks to be drawn when it is changed, and not by who is about to draw it', () => {
    const { chart } = new Paper(contentOf([1, 2, 3]), 'linear');
    const due = vi.fn();
    chart.due = due;
    chart.layOut();
    chart.fit({ width: 300, height: 200 });
    chart.rescale();
    expect(due).not.toHaveBeenCalled();
    chart.update('none');
    expect(due).toHaveBeenCalledOnce();
  });
});
