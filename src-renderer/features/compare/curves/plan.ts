import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { settingsOf } from '../configuration/settings-of.ts';
import type { RunGroup } from '../groups/group-runs.ts';
import type { CompareView } from '../view/view.ts';
import { isProbeMetric } from './catalogue.ts';
import type { CurveQuery } from './curve-store.ts';

/** Points of a group's curve: more cannot be seen, and each is a mean over a window. */
const GROUP_POINTS = 1000;

/** Points that are read of each curve: what a screen shows, and for few runs enough to look closely. */
export const pointsFor = (runs: number): number => (runs <= 10 ? 10_000 : runs <= 40 ? 4000 : 2000);

/**
 * Iterations that a group's values are averaged over, so that its members share their grid and a mean over runs is not one of
 * extremes: a power of two (times the probe interval), equal for all groups.
 *
 * @returns undefined when every value is taken as it is
 */
export function windowOf(metric: string, runs: readonly RunSummary[]): number | undefined {
  const step = isProbeMetric(metric) ? Math.max(1, ...runs.map((run) => Number(settingsOf(run).probe_every))) : 1;
  const longest = Math.max(1, ...runs.map(({ iterations }) => iterations));
  let width = step;
  while (longest / width > GROUP_POINTS) width *= 2;
  return width === step ? undefined : width;
}

/** How the curve of one run is asked for, in the group that it is in. */
export function queryFor(run: number, metric: string, group: RunGroup, window: number | undefined): CurveQuery {
  return group.runs.length > 1 && window !== undefined ? { run, metric, every: window } : { run, metric };
}

/** Every curve that the view needs. */
export function queriesFor(view: CompareView, groups: readonly RunGroup[]): CurveQuery[] {
  const runs = groups.flatMap((group) => group.runs);
  const queries: CurveQuery[] = [];
  for (const { metric } of view.charts) {
    const window = windowOf(metric, runs);
    for (const group of groups) for (const { id } of group.runs) queries.push(queryFor(id, metric, group, window));
  }
  if (view.axis === 'time') for (const { id } of runs) queries.push({ run: id, metric: 'elapsed' });
  return queries;
}
