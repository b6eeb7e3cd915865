import { DatasetController, type Chart, type Scale } from 'chart.js';
import type { LineSeries } from '../types.ts';
import { fillBand, traceCurve, type Window } from './draw.ts';
import { extremesOf, Found, lowerBound } from './extremes.ts';
import { smoothed } from './smooth.ts';

export interface CurvesDataset {
  type: 'curves';
  data: number[];
  curves: readonly LineSeries[];
  /** Weight of the moving average; 0: none. */
  smoothing: number;
  logarithmic: boolean;
}

/** More curves than this are drawn in hairlines without dashes: they could not be told apart, and dashes are slow. */
const MANY = 40;

/** What is drawn as the curve itself. */
export const shownValues = (curve: LineSeries, smoothing: number): Float64Array => (curve.exact ? curve.y : smoothed(curve.y, smoothing));

/**
 * Draws all curves of a chart straight from their typed arrays: Chart.js keeps an object and an element for every point, which
 * millions of points cannot afford.
 */
export class CurvesController extends DatasetController {
  static id = 'curves';
  // Chart.js asks for an element type by name; none is ever made.
  static defaults = { datasetElementType: false, dataElementType: 'point' };

  // Called by the base's constructor, before fields of this class exist.
  override addElements(): void {
    this._cachedMeta.data = [];
  }

  override buildOrUpdateElements(): void {
    this._cachedMeta.data = [];
  }

  override update(): void {
    // There are no elements to update.
  }

  override getMinMax(scale: Scale): { min: number; max: number } {
    const range = { min: Infinity, max: -Infinity };
    const { curves, smoothing, logarithmic } = (this.getDataset() as unknown as CurvesDataset);
    if (scale.axis === 'x') {
      for (const { x } of curves) {
        if (x.length === 0) continue;
        range.min = Math.min(range.min, x[0]!);
        range.max = Math.max(range.max, x.at(-1)!);
      }
      return range;
    }
    const options = (this.chart.scales['x']?.options ?? {}) as { min?: number; max?: number };
    const found = new Found();
    for (const curve of curves) {
      const from = options.min === undefined ? 0 : lowerBound(curve.x, options.min);
      const to = options.max === undefined ? curve.x.length : lowerBound(curve.x, options.max);
      extremesOf(curve.y).find(from, to, found);
      const shown = shownValues(curve, smoothing);
      if (shown !== curve.y && found.least < 0) extremesOf(shown).find(from, to, found);
      if (curve.band) {
        extremesOf(curve.band.high).find(from, to, found);
        // A lower edge near zero would stretch a log axis by decades that hold nothing.
        if (!logarithmic) extremesOf(curve.band.low).find(from, to, found);
      }
    }
    return { min: found.min, max: found.max };
  }

  override draw(): void {
    const { curves, smoothing } = (this.getDataset() as unknown as CurvesDataset);
    const context = this.chart.ctx;
    const window = windowOf(this.chart);
    if (!window) return;
    const many = curves.length > MANY;
    context.save();
    context.lineJoin = 'round';
    context.lineCap = 'round';
    for (const curve of curves) {
      if (!curve.band) continue;
      context.globalAlpha = 0.16 * (curve.opacity ?? 1);
      context.fillStyle = curve.colour;
      fillBand(context, curve.x, curve.band.low, curve.band.high, window);
    }
    for (const curve of curves) {
      const shown = shownValues(curve, smoothing);
      const opacity = curve.opacity ?? 1;
      context.strokeStyle = curve.colour;
      context.lineWidth = many ? 1 : (curve.width ?? 1.75);
      if (shown !== curve.y) {
        context.setLineDash([]);
        context.globalAlpha = 0.25 * opacity;
        context.beginPath();
        traceCurve(context, curve.x, curve.y, window);
        context.stroke();
      }
      context.setLineDash(many ? [] : [...(curve.dash ?? [])]);
      context.globalAlpha = opacity;
      context.beginPath();
      traceCurve(context, curve.x, shown, window);
      context.stroke();
    }
    context.restore();
  }
}

/** The chart's window on its data; nothing while it has no size. */
export function windowOf(chart: Chart): Window | undefined {
  const x = chart.scales['x'];
  const y = chart.scales['y'];
  if (!x || !y) return undefined;
  const columns = Math.round(chart.chartArea.width * chart.currentDevicePixelRatio);
  if (!(columns > 0)) return undefined;
  // The x axis is linear: two values tell the map.
  const origin = x.getPixelForValue(x.min);
  const slope = (x.getPixelForValue(x.max) - origin) / (x.max - x.min || 1);
  return { low: x.min, high: x.max, columns, toX: (value) => origin + (value - x.min) * slope, toY: (value) => y.getPixelForValue(value) };
}
