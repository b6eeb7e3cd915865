import { extremesOf, Found, lowerBound, upperBound } from '../curve/extremes.ts';
import type { LineSeries } from '../types.ts';

/** Pixel columns (from the plot's left) in which a value is not finite, between x = low and x = high. */
export function brokenColumns(series: readonly LineSeries[], low: number, high: number, columns: number): Set<number> {
  const broken = new Set<number>();
  const found = new Found();
  for (const { x, y } of series) {
    let from = lowerBound(x, low);
    const to = upperBound(x, high);
    found.clear();
    extremesOf(y).find(from, to, found);
    if (!found.broken) continue;
    const column = (at: number): number => Math.min(columns, Math.round(((at - low) / (high - low || 1)) * columns));
    for (; from < to; from++) if (!Number.isFinite(y[from]!)) broken.add(column(x[from]!));
  }
  return broken;
}
