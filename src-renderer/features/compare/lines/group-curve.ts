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
 * @param curves members' curves against the axis
 * @param window width of the windows in units of the axis; null where none are needed
 */
export const groupCurve = (curves: readonly Curve[], window: number | null): MeanCurve => meanCurve(window === null ? curves : curves.map((curve) => rebin(curve, window)));

/** Width of a chart's windows, the same for all of its groups; null where runs share their grid as it is. */
export function windowOnAxis(members: readonly Member[], axis: Axis): number | null {
  if (axis === 'iteration' || (axis === 'share' && members.every(({ run }) => run.iterations === members[0]!.run.iterations))) return null;
  const filled = members.map((member) => memberCurve(member, axis).x).filter(({ length }) => length > 0);
  if (filled.length === 0) return null;
  const longest = Math.max(...filled.map((x) => x.at(-1)!));
  // Windows narrower than the usual gap would be empty for runs with few values.
  return nice(Math.max(longest / WINDOWS, ...filled.map(usualGap)));
}

/** Nineteen of twenty gaps are at most so wide. */
function usualGap(x: Float64Array): number {
  const gaps = Float64Array.from({ length: Math.max(0, x.length - 1) }, (_, i) => x[i + 1]! - x[i]!).sort();
  return gaps[Math.floor(0.95 * gaps.length)] ?? 0;
}

/** The next 1, 2 or 5 times a power of ten: stays the same while a run grows, until it doubles. */
function nice(width: number): number | null {
  if (!(width > 0)) return null;
  const power = 10 ** Math.floor(Math.log10(width));
  return power * ([1, 2, 5].find((step) => step * power >= width) ?? 10);
}
