import { BasicPlatform, Chart, type ChartConfiguration } from 'chart.js';

/** Draws a chart once on a context that may not be a screen's: for pictures. @param ratio pixels a px */
export function drawStill(context: CanvasRenderingContext2D, config: ChartConfiguration, ratio: number): void {
  const surface = { getContext: () => context };
  const chart = new Chart(surface as unknown as HTMLCanvasElement, { ...config, platform: BasicPlatform, options: { ...config.options, responsive: false, animation: false, devicePixelRatio: ratio } });
  chart.destroy();
}
