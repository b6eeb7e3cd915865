import { Scale as ChartScale, type CoreScaleOptions, type Tick } from 'chart.js';
import type { Scale } from '../types.ts';
import { roomyRange } from './range.ts';
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
}

/** An axis of numbers, linear, log or symlog, with at most five ticks at round values. Values ≤ 0 on a log axis lie at its foot. */
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
    return ticksOf(mode, this.min, this.max, threshold, most, whole).map((value) => ({ value }));
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
