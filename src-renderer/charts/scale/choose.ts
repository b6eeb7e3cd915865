import { extremesOf, Found } from '../curve/extremes.ts';
import type { LineSeries, Scale } from '../types.ts';

/** The scale that can show these values: a log axis has no place for values ≤ 0, symlog has. */
export function usableScale(wanted: Scale, series: readonly LineSeries[]): { readonly scale: Scale; readonly replaced: boolean } {
  if (wanted !== 'log') return { scale: wanted, replaced: false };
  const found = new Found();
  for (const { y } of series) extremesOf(y).find(0, y.length, found);
  const replaced = found.min <= 0;
  return { scale: replaced ? 'symlog' : 'log', replaced };
}

/** Samples a curve from which a symlog axis' threshold is judged. */
const SAMPLE = 500;

/** Magnitudes of finite values, a few hundred a curve. */
export function magnitudesOf(series: readonly LineSeries[]): number[] {
  const magnitudes: number[] = [];
  for (const { y } of series) {
    const stride = Math.max(1, Math.floor(y.length / SAMPLE));
    for (let k = 0; k < y.length; k += stride) if (Number.isFinite(y[k]!)) magnitudes.push(Math.abs(y[k]!));
  }
  return magnitudes;
}
