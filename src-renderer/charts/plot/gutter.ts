import type { LineSeries, ReferenceLine } from '../types.ts';
import { shownValues } from '../curve/CurvesController.ts';

/** What stands right of the plot. */
export interface GutterLabel {
  readonly text: string;
  /** In the unit of the y axis. */
  readonly value: number;
  /** The line's end, in the unit of the x axis; absent for reference lines, which end at the edge. */
  readonly x?: number;
  readonly colour?: string;
  readonly rank: number;
}

/** With more lines than this none of their last values is written: it could not be told whose it is. */
const MOST = 24;

/** The labels of reference lines (kept first), and every curve's last finite value. */
export function gutterLabels(series: readonly LineSeries[], references: readonly ReferenceLine[], smoothing: number, number: (value: number) => string): GutterLabel[] {
  const labels: GutterLabel[] = references.map(({ y, label }, rank) => ({ text: label, value: y, rank: rank - 1000 }));
  const named = series.filter(({ background }) => !background);
  for (const one of named.length > MOST ? [] : named) {
    const last = lastFinite(shownValues(one, smoothing));
    if (last >= 0) labels.push({ text: number(shownValues(one, smoothing)[last]!), value: shownValues(one, smoothing)[last]!, x: one.x[last]!, colour: one.colour, rank: labels.length });
  }
  return labels;
}

export function lastFinite(values: Float64Array): number {
  for (let k = values.length - 1; k >= 0; k--) if (Number.isFinite(values[k]!)) return k;
  return -1;
}
