import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { sameButSeed } from '../groups/group-runs.ts';
import { MAX_RUNS, type CompareView } from '../view/view.ts';

/* What the legend does to the view. Each gives a new view; runs that are not there are left alone. */

/** Adds runs at the end, each once, as far as there is room. */
export function addRuns(view: CompareView, ids: readonly number[]): CompareView {
  return { ...view, runs: [...new Set([...view.runs, ...ids])].slice(0, MAX_RUNS) };
}

export function removeRuns(view: CompareView, ids: readonly number[]): CompareView {
  const kept = (list: readonly number[]) => list.filter((id) => !ids.includes(id));
  return { ...view, runs: kept(view.runs), hidden: kept(view.hidden), baseline: view.baseline !== null && ids.includes(view.baseline) ? null : view.baseline };
}

/** Hides all of them, or shows them when all are hidden. */
export function toggleHidden(view: CompareView, ids: readonly number[]): CompareView {
  const allHidden = ids.every((id) => view.hidden.includes(id));
  return { ...view, hidden: allHidden ? view.hidden.filter((id) => !ids.includes(id)) : view.runs.filter((id) => view.hidden.includes(id) || ids.includes(id)) };
}

/** Hides everything else; when that is so already, shows everything. */
export function solo(view: CompareView, ids: readonly number[]): CompareView {
  return { ...view, hidden: isSolo(view, ids) ? [] : view.runs.filter((id) => !ids.includes(id)) };
}

export const isSolo = (view: CompareView, ids: readonly number[]): boolean => view.runs.length > ids.length && view.runs.every((id) => view.hidden.includes(id) !== ids.includes(id));

/** The same run again takes the baseline away. */
export const toggleBaseline = (view: CompareView, ids: readonly number[]): CompareView => ({ ...view, baseline: view.baseline !== null && ids.includes(view.baseline) ? null : (ids[0] ?? null) });

/**
 * Moves runs (one, or a group's) so that they stand together before another run.
 *
 * @param before null: to the end
 */
export function moveRuns(view: CompareView, ids: readonly number[], before: number | null): CompareView {
  if (before !== null && ids.includes(before)) return view;
  const moved = view.runs.filter((id) => ids.includes(id));
  const rest = view.runs.filter((id) => !ids.includes(id));
  const at = before === null ? rest.length : rest.indexOf(before);
  return at < 0 ? view : { ...view, runs: [...rest.slice(0, at), ...moved, ...rest.slice(at)] };
}

/** Runs that have the settings of one of the chosen ones with another seed, oldest first. */
export function otherSeeds(chosen: readonly RunSummary[], all: readonly RunSummary[]): RunSummary[] {
  const keys = new Set(chosen.map(sameButSeed));
  const ids = new Set(chosen.map(({ id }) => id));
  return all.filter((run) => !ids.has(run.id) && keys.has(sameButSeed(run))).sort((a, b) => a.id - b.id);
}
