import { BasicPlatform, Chart, type ChartConfiguration } from 'chart.js';
import type { Size } from './paint.ts';

/** Chart.js' platform for browsers asks the page for the canvas' size when a chart is made and at every resize. Here it is told. */
class ToldPlatform extends BasicPlatform {
  override getDevicePixelRatio(): number {
    return window.devicePixelRatio;
  }
}

/** A chart of Chart.js that is drawn when its owner says so, on a canvas as large as its owner says. */
export class PlotChart extends Chart {
  // Not initialised: the base's constructor already updates and wants to render, when nobody has set it yet.
  declare due: (() => void) | undefined;

  /** Laid out at once, not drawn. */
  constructor(canvas: HTMLCanvasElement, { width, height }: Size, config: ChartConfiguration) {
    canvas.width = width;
    canvas.height = height;
    super(canvas, { ...config, platform: ToldPlatform, options: { ...config.options, responsive: false } });
  }

  /** Chart.js would draw at every update. */
  override render(): void {
    this.due?.();
  }

  /** Another size, or as many px of other pixels. @returns whether it changed, and is to be drawn again by whoever asks: at once, for the canvas is blank now */
  fit({ width, height }: Size): boolean {
    if (width === this.width && height === this.height && window.devicePixelRatio === this.currentDevicePixelRatio) return false;
    const { due } = this;
    this.due = undefined;
    this.resize(width, height);
    this.due = due;
    return true;
  }
}
