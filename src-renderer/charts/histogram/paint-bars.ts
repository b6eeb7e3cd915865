import type { Chart } from 'chart.js';
import type { Theme } from '../plot/theme.ts';
import type { Bins } from './bins.ts';

/**
 * Bars of a histogram; those outside the chosen interval are faint, and the interval has a ground of its own.
 *
 * @param behind counts of everything, drawn grey behind the bars
 */
export function paintBars(chart: Chart, { edges, counts }: Bins, theme: Theme, brush: readonly [number, number] | null, behind?: Float64Array): void {
  const { ctx, chartArea: area } = chart;
  const x = chart.scales['x']!;
  const y = chart.scales['y']!;
  const place = (value: number): number => (edges[0] === edges.at(-1) ? (area.left + area.right) / 2 : x.getPixelForValue(value));
  ctx.save();
  if (brush) {
    ctx.fillStyle = theme.accent;
    ctx.globalAlpha = 0.1;
    const [left, right] = [Math.max(area.left, place(brush[0])), Math.min(area.right, place(brush[1]))];
    ctx.fillRect(left, area.top, Math.max(1, right - left), area.bottom - area.top);
  }
  const foot = y.getPixelForValue(0);
  const bars = (heights: Float64Array, colour: string, opacity: (k: number) => number): void => {
    ctx.fillStyle = colour;
    for (let k = 0; k < heights.length; k++) {
      if (heights[k] === 0) continue;
      ctx.globalAlpha = opacity(k);
      const one = heights.length === 1;
      const left = place(edges[k]!) - (one ? 12 : 0);
      const right = place(edges[k + 1]!) + (one ? 12 : 0);
      // A bin that holds anything is seen, however high its neighbours are.
      const top = Math.min(y.getPixelForValue(heights[k]!), foot - 1);
      ctx.fillRect(left + 0.5, top, Math.max(1, right - left - 1), foot - top);
    }
  };
  const inside = (k: number): boolean => !brush || (edges[k]! >= brush[0] && edges[k + 1]! <= brush[1]) || (counts.length === 1 && edges[0]! >= brush[0] && edges[0]! <= brush[1]);
  if (behind) bars(behind, theme.strong, () => 0.25);
  bars(counts, theme.accent, (k) => (inside(k) ? 0.9 : 0.3));
  ctx.restore();
}
