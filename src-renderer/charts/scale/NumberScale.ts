import { Scale as ChartScale, type CoreScaleOptions, type Tick } from 'chart.js';
import type { Scale } from '../types.ts';
import { roomyRange } from './range.ts';
import { fittingTicks } from './fit-ticks.ts';
import { ticksOf } from './ticks.ts';
import { transformOf, type Transform } from './transform.ts';

export interface NumberScaleOptions extends CoreScaleOptions {
  mode: Scale;
  /** Where a symlog axis turns linear. */
  threshold: number;
  /** Exactly from first to last value (x axes), or with some room (y axes). */
  tight: boolean;
  most: number;
  /** Ticks at whole numbers only. */
  whole: boolean;
  ticks: { font: { size: number; family: string }; callback: (value: number, k: number, ticks: readonly Tick[]) => string | undefined };
}

/** From one label to the next at least, px. */
const GAP = 8;
/** A line of labels above another, of the font's size. */
const LINE = 1.5;

/** An axis of numbers, linear, log or symlog, with at most five ticks at round values, fewer where their labels would touch. Values ≤ 0 on a log axis lie at its foot. */
export class NumberScale extends ChartScale<NumberScaleOptions> {
  static id = 'number';
  static defaults = { mode: 'linear', threshold: 1, tight: false, most: 5, whole: false, ticks: { autoSkip: false, maxRotation: 0 } };

  #transform: Transform = transformOf('linear', 1);
  #start = 0;
  #length = 1;

  override determineDataLimits(): void {
    const { mode, threshold, tight } = this.options;
    const { min, max, minDefined, maxDefined } = this.getUserBounds();
    const data = minDefined && maxDefined ? { min, max } : this.getMinMax(false);
    if (minDefined && maxDefined) [this.min, this.max] = [min, max];
    else if (tight && data.min < data.max) [this.min, this.max] = [data.min, data.max];
    else [this.min, this.max] = roomyRange(mode, data.min, data.max, threshold);
  }

  override buildTicks(): Tick[] {
    const { mode, threshold, most, whole } = this.options;
    const { forward } = transformOf(mode, threshold);
    const first = forward(this.min);
    const length = this.isHorizontal() ? this.width : this.height;
    const pixels = (value: number): number => ((forward(value) - first) / (forward(this.max) - first || 1)) * length;
    return fittingTicks((count) => ticksOf(mode, this.min, this.max, threshold, count, whole), most, pixels, this.#sizes()).map((value) => ({ value }));
  }

  /** What the labels of ticks take along the axis, px, with the gap between two. */
  #sizes(): (ticks: readonly number[]) => number[] {
    const { font, callback } = this.options.ticks;
    if (!this.isHorizontal()) return (ticks) => ticks.map(() => font.size * LINE);
    return (ticks) => {
      const all = ticks.map((value) => ({ value }));
      this.ctx.save();
      this.ctx.font = `${font.size}px ${font.family}`;
      const sizes = ticks.map((value, k) => this.ctx.measureText(String(callback(value, k, all))).width + GAP);
      this.ctx.restore();
      return sizes;
    };
  }

  override configure(): void {
    super.configure();
    this.#transform = transformOf(this.options.mode, this.options.threshold);
    this.#start = this.#transform.forward(this.min);
    this.#length = this.#transform.forward(this.max) - this.#start || 1;
  }

  override getPixelForValue(value: number): number {
    const position = (this.#transform.forward(value) - this.#start) / this.#length;
    return this.getPixelForDecimal(Math.max(-4, Math.min(5, position)));
  }

  override getValueForPixel(pixel: number): number {
    return this.#transform.inverse(this.#start + this.getDecimalForPixel(pixel) * this.#length);
  }

  override getLabelForValue(value: number): string {
    return String(value);
  }
}
