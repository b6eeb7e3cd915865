import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import type { Axis } from '../view/view.ts';
import { onAxis, rebin } from '../curves/axis.ts';
import { meanCurve, type Curve, type MeanCurve } from '../groups/mean-curve.ts';

/** What one run contributes to a chart: its curve over iterations, and the time that they took where that is needed. */
export interface Member {
  readonly run: RunSummary;
  readonly curve: Curve;
  readonly elapsed: Curve | undefined;
}

/** Windows in which runs of different pace or length are averaged. */
const WINDOWS = 200;

export const memberCurve = ({ run, curve, elapsed }: Member, axis: Axis): Curve => onAxis(curve, axis, run.iterations, elapsed);

/**
 * The mean of several runs. Over iterations it is made iteration by iteration. Over time, and over shares of runs of different
 * lengths, no two runs have a value at the same x: there each run is first averaged in windows.
 *
 * @returns the width of the windows in units of the axis; null where none were needed
 */
export function groupCurve(members: readonly Member[], axis: Axis): { readonly mean: MeanCurve; readonly window: number | null } {
  const curves = members.map((member) => memberCurve(member, axis));
  const sameLength = members.every(({ run }) => run.iterations === members[0]!.run.iterations);
  if (axis === 'iteration' || (axis === 'share' && sameLength)) return { mean: meanCurve(curves), window: null };
  const filled = curves.filter(({ x }) => x.length > 0);
  if (filled.length === 0) return { mean: meanCurve(curves), window: null };
  // No window may be narrower than the widest gap, or runs with few values would be missing from most of them.
  const window = Math.max(Math.max(...filled.map(({ x }) => x.at(-1)!)) / WINDOWS, ...filled.map(({ x }) => widestGap(x))) || 1;
  return { mean: meanCurve(curves.map((curve) => rebin(curve, window))), window };
}

function widestGap(x: Float64Array): number {
  let gap = 0;
  for (let i = 1; i < x.length; i++) gap = Math.max(gap, x[i]! - x[i - 1]!);
  return gap;
}
