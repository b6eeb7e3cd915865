import type { SettingName } from '../../../../src-main/contract/config.ts';
import { SETTINGS } from '../../../../src-main/contract/settings.ts';
import type { RunGroup } from '../groups/group-runs.ts';
import { settingsOf, type SettingValue } from './settings-of.ts';

/** A value of a column: what its runs have, each value once in order, and how many of them have it. */
export interface SettingCell {
  readonly text: string;
  /** Every value with its count; for a title. */
  readonly full: string;
  /** Not what the baseline has. */
  readonly differs: boolean;
}

export interface SettingRow {
  readonly name: SettingName | 'engine' | 'fork';
  readonly title: string;
  readonly meaning: string;
  readonly cells: readonly SettingCell[];
  /** Different values among all runs, most frequent first. */
  readonly summary: string;
  readonly same: boolean;
}

/** What is compared besides settings: results do not depend on an engine, speed does. */
const FACTS = [
  { name: 'engine', title: 'Engine', meaning: 'What executed the steps', of: (run: RunGroup['runs'][number]) => `${run.engine}/${run.device}` },
  { name: 'fork', title: 'Forked from', meaning: 'The run and iteration that it continued', of: (run: RunGroup['runs'][number]) => (run.parentRun === null ? 'none' : `run ${run.parentRun} at ${run.parentIteration}`) },
] as const;

export function writeSetting(value: SettingValue): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (value === '') return 'none';
  return String(value);
}

/**
 * Settings as rows, groups (or runs) as columns.
 *
 * @param baseline key of the column that the others are held against; null for none
 * @param all also settings that are the same everywhere
 * @param write a value as the person reads it; different values must stay different
 */
export function settingRows(groups: readonly RunGroup[], baseline: string | null, all: boolean, write: (value: SettingValue) => string = writeSetting): SettingRow[] {
  const base = groups.find(({ key }) => key === baseline);
  const row = (name: SettingRow['name'], title: string, meaning: string, of: (run: RunGroup['runs'][number]) => string): SettingRow => {
    const columns = groups.map(({ runs }) => counts(runs.map(of)));
    const against = base && sorted(counts(base.runs.map(of)));
    const total = counts(groups.flatMap(({ runs }) => runs.map(of)));
    return {
      name,
      title,
      meaning,
      cells: columns.map((column) => ({ text: cellText(column), full: withCounts(column), differs: against !== undefined && sorted(column) !== against })),
      summary: total.size === 1 ? [...total.keys()][0]! : withCounts(total),
      same: total.size <= 1,
    };
  };
  const rows = [...SETTINGS.map(({ name, title, meaning }) => row(name, title, meaning, (run) => write(settingsOf(run)[name]))), ...FACTS.map(({ name, title, meaning, of }) => row(name, title, meaning, of))];
  return all ? rows : rows.filter(({ same }) => !same);
}

type Counts = ReadonlyMap<string, number>;

function counts(values: readonly string[]): Counts {
  const found = new Map<string, number>();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return new Map([...found].sort((a, b) => b[1] - a[1]));
}

const sorted = (column: Counts): string => [...column.keys()].sort().join('\n');
const withCounts = (column: Counts): string => (column.size === 1 ? [...column.keys()][0]! : [...column].map(([value, count]) => (count === 1 ? value : `${value} ×${count}`)).join(', '));

/** Up to three values; more are counted. */
function cellText(column: Counts): string {
  const values = [...column.keys()];
  return values.length <= 3 ? values.join(', ') : `${values.length} values`;
}
