import type { SettingName } from '../../../../src-main/contract/config.ts';
import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { SETTINGS } from '../../../../src-main/contract/settings.ts';
import { differingSettings, settingsOf, type SettingValue } from '../configuration/settings-of.ts';
import type { Grouping } from '../view/view.ts';

/** Runs that are shown as one line: their mean, or the run itself. */
export interface RunGroup {
  /** The same as long as its members' settings are. */
  readonly key: string;
  readonly label: string;
  readonly runs: readonly RunSummary[];
}

const EXCEPT_SEED = SETTINGS.map(({ name }) => name).filter((name) => name !== 'seed');

/** Groups in the order of their first runs. Without grouping each run is one by itself. */
export function groupRuns(runs: readonly RunSummary[], grouping: Grouping): RunGroup[] {
  if (grouping === 'none') return runs.map((run) => ({ key: `run-${run.id}`, label: run.name, runs: [run] }));
  const keyOf = (run: RunSummary): string => (grouping === 'seeds' ? sameButSeed(run) : JSON.stringify(grouping.map((name) => settingsOf(run)[name])));
  const members = new Map<string, RunSummary[]>();
  for (const run of runs) {
    const key = keyOf(run);
    const list = members.get(key);
    if (list) list.push(run);
    else members.set(key, [run]);
  }
  const named = grouping === 'seeds' ? differingSettings([...members.values()].map((list) => list[0]!)).filter((name) => name !== 'seed') : grouping;
  return [...members].map(([key, list]) => ({ key, label: labelOf(list, named), runs: list }));
}

/** Equal for runs that differ in their seed alone. A fork continues something, so it is not the same as a run from scratch. */
export function sameButSeed(run: RunSummary): string {
  return JSON.stringify([EXCEPT_SEED.map((name) => settingsOf(run)[name]), run.parentRun === null ? null : run.parentIteration]);
}

function labelOf(runs: readonly RunSummary[], named: readonly SettingName[]): string {
  const first = runs[0]!;
  const settings = settingsOf(first);
  const fork = first.parentRun === null ? '' : ` (forked at ${first.parentIteration})`;
  if (named.length === 0) return `${String(settings.task)} · ${String(settings.method)}${fork}`;
  return named.map((name) => describeSetting(name, settings[name])).join(', ') + fork;
}

/** "Hidden width 128", "Learn λ off", "addition". */
export function describeSetting(name: SettingName, value: SettingValue): string {
  if (name === 'task' || name === 'method') return String(value);
  return `${SETTINGS.find((setting) => setting.name === name)!.title} ${typeof value === 'boolean' ? (value ? 'on' : 'off') : value === '' ? 'none' : String(value)}`;
}
