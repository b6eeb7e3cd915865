import { DatasetController, type Chart, type Scale } from 'chart.js';
import type { LineSeries } from '../types.ts';
import { drawStems, fillBand, fillDots, LINE_WIDTH, traceCurve, type Window } from './draw.ts';
import { extremesOf, Found, lowerBound, upperBound } from './extremes.ts';
import { smoothed } from './smooth.ts';

export interface CurvesDataset {
  type: 'curves';
  data: number[];
  curves: readonly LineSeries[];
  /** Weight of the moving average; 0: none. */
  smoothing: number;
  logarithmic: boolean;
  /** Values that the y axis must reach as well: reference lines. */
  levels: readonly number[];
  /** Being zoomed or panned: many curves are drawn in wider columns until that rests. Their extremes stay exact. */
  moving: boolean;
}

/**
 * A curve that climbs and falls more than this many times the plot's width is a band of noise: drawn in hairlines without dashes, which
 * look the same there and cost a tenth. One that would be dashed is fainter instead.
 */
const DENSE = 6;
const DENSE_DASHED = 0.6;

/** Up to this many corners a line's joins are round. */
const FEW_CORNERS = 100;

/** More curves than this are drawn in hairlines without dashes: they could not be told apart, and dashes are slow. */
const MANY = 40;

/** Pieces of line a frame at most, while the person moves the window and afterwards: what can be drawn without a stutter. */
const MOST_PIECES = { moving: 50_000, resting: 400_000 };
/** Columns that a plot keeps, however many curves there are. */
const FEWEST_COLUMNS = 100;

/** Of a whole number. */
const STEM_ROOM = 0.5;

/** Opacity of the recorded curve behind a smoothed one. */
const RAW = 0.25;

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
    const { curves, logarithmic, levels } = this.getDataset() as unknown as CurvesDataset;
    if (scale.axis === 'x') {
      for (const { x, stems } of curves) {
        if (x.length === 0) continue;
        // The first and the last stem stand inside, not on the edges.
        const room = stems ? STEM_ROOM : 0;
        range.min = Math.min(range.min, x[0]! - room);
        range.max = Math.max(range.max, x.at(-1)! + room);
      }
      return range;
    }
    const { min, max } = (this.chart.scales['x']?.options ?? {}) as { min?: number; max?: number };
    const found = new Found();
    for (const curve of curves) {
      const from = min === undefined ? 0 : lowerBound(curve.x, min);
      const to = max === undefined ? curve.x.length : upperBound(curve.x, max);
      // In a window between two samples the line that joins them is in sight.
      findIn(curve, from < to ? from : Math.max(0, from - 1), from < to ? to : Math.min(curve.x.length, to + 1), logarithmic, found);
    }
    // A window on a part is fitted to that part: reference lines outside are pointed at by their labels.
    for (const level of min === undefined ? levels : []) {
      if (!Number.isFinite(level) || (logarithmic && level <= 0)) continue;
      found.min = Math.min(found.min, level);
      found.max = Math.max(found.max, level);
    }
    return { min: found.min, max: found.max };
  }

  /** Half a line's width: beyond that curves are cut at the plot's edge. */
  override getMaxOverflow(): number {
    return 1;
  }

  override draw(): void {
    const { curves, smoothing, moving } = this.getDataset() as unknown as CurvesDataset;
    const context = this.chart.ctx;
    const full = windowOf(this.chart);
    if (!full) return;
    const pieces = MOST_PIECES[moving ? 'moving' : 'resting'] / (2 * curves.length * (smoothing > 0 ? 2 : 1));
    const window = { ...full, columns: Math.min(full.columns, Math.max(FEWEST_COLUMNS, Math.floor(pieces))) };
    const many = curves.length > MANY;
    context.save();
    context.lineCap = many ? 'butt' : 'round';
    for (const curve of curves) {
      if (!curve.band) continue;
      context.globalAlpha = 0.16 * (curve.opacity ?? 1);
      context.fillStyle = curve.colour;
      fillBand(context, curve.x, curve.band.low, curve.band.high, window);
    }
    for (const curve of curves) {
      const shown = shownValues(curve, smoothing);
      const opacity = curve.opacity ?? 1;
      const width = many ? 1 : (curve.width ?? LINE_WIDTH);
      context.strokeStyle = context.fillStyle = curve.colour;
      if (curve.stems) {
        context.setLineDash([]);
        context.globalAlpha = opacity;
        context.lineWidth = width;
        drawStems(context, curve.x, shown, window);
        continue;
      }
      const passes = shown === curve.y ? [{ y: shown, alpha: opacity, dash: curve.dash }] : [{ y: curve.y, alpha: RAW * opacity, dash: [] }, { y: shown, alpha: opacity, dash: curve.dash }];
      for (const { y, alpha, dash = [] } of passes) {
        context.beginPath();
        const { alone, climb, corners } = traceCurve(context, curve.x, y, window);
        const dense = many || climb > DENSE * this.chart.chartArea.width;
        context.setLineDash(dense ? [] : [...dash]);
        context.lineWidth = dense ? 1 / this.chart.currentDevicePixelRatio : width;
        // Rounding hundreds of corners costs more than the line itself.
        context.lineJoin = corners > FEW_CORNERS ? 'bevel' : 'round';
        context.globalAlpha = dense && dash.length > 0 && !many ? alpha * DENSE_DASHED : alpha;
        context.stroke();
        fillDots(context, alone, width + 0.75);
      }
    }
    context.restore();
  }
}

function findIn({ y, band, stems }: LineSeries, from: number, to: number, logarithmic: boolean, found: Found): void {
  extremesOf(y).find(from, to, found);
  if (stems && !logarithmic) found.min = Math.min(found.min, 0);
  if (!band) return;
  extremesOf(band.high).find(from, to, found);
  // A lower edge near zero would stretch a log axis by decades that hold nothing.
  if (!logarithmic) extremesOf(band.low).find(from, to, found);
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
