import { BasicPlatform, Chart, type ChartArea, type ChartConfiguration } from 'chart.js';
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

  /** Lays out what it was told since; to be drawn by whoever asks, who is about to. */
  layOut(): void {
    this.#undrawn(() => this.update('none'));
  }

  /**
   * Takes other data where only the ranges of the axes change, which is nearly always while a curve grows: neither options nor boxes
   * are worked out anew. What was told in options since is not seen.
   * @returns false where an axis wants other room: nothing is right then until all is laid out
   */
  rescale(): boolean {
    const { left, right, top, bottom } = this.chartArea;
    // What is around the plot, as laying out tells an axis.
    const sides = { left, right: this.width - right, top: 0, bottom: 0 };
    const ends = { left: 0, right: 0, top, bottom: this.height - bottom };
    for (const scale of Object.values(this.scales)) {
      const box = { left: scale.left, right: scale.right, top: scale.top, bottom: scale.bottom, width: scale.width, height: scale.height };
      // An axis looks for its data's ends only once between two updates of the chart.
      scale.determineDataLimits();
      scale.update(scale.maxWidth, scale.maxHeight, (scale.isHorizontal() ? sides : ends) as ChartArea);
      if (scale.width !== box.width || scale.height !== box.height) return false;
      // Its place, which laying out the boxes around it gives.
      Object.assign(scale, box);
      scale.configure();
    }
    return true;
  }

  /** Another size, or as many px of other pixels. @returns whether it changed, and is to be drawn again by whoever asks: at once, for the canvas is blank now */
  fit({ width, height }: Size): boolean {
    if (width === this.width && height === this.height && window.devicePixelRatio === this.currentDevicePixelRatio) return false;
    this.#undrawn(() => this.resize(width, height));
    return true;
  }

  /** Without asking for a drawing afterwards. */
  #undrawn(act: () => void): void {
    const { due } = this;
    this.due = undefined;
    act();
    this.due = due;
  }
}
