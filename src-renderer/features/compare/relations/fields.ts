import type { SettingName } from '../../../../src-main/contract/config.ts';
import { SETTINGS } from '../../../../src-main/contract/settings.ts';
import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { methodHasEnergy } from '../../../../src-main/contract/methods.ts';
import { differingSettings, settingsOf } from '../configuration/settings-of.ts';
import { writeSetting } from '../configuration/table.ts';
import { COLUMNS } from '../results/columns.ts';
import type { Measured } from '../results/measured.ts';

/** A setting or a result of a run, as an axis of the scatter chart or of parallel coordinates. */
export interface Field {
  readonly key: string;
  readonly title: string;
  /** For the narrow place over an axis. */
  readonly short: string;
  readonly group: 'settings that differ' | 'other settings' | 'results';
  readonly kind: 'number' | 'category';
  /** null where the run has none; NaN stays NaN. */
  value(run: RunSummary, measured: Measured | undefined): number | string | null;
}

const seconds = (run: RunSummary): number | null => (run.startedAt === null || run.endedAt === null ? null : (run.endedAt - run.startedAt) / 1000);

const RESULTS: readonly Field[] = [
  ...COLUMNS.map(({ key, difficulty, at }): Field => ({ key, title: `Error ${at === 'lowest' ? 'at the lowest energy' : `after ${at} updates`}, ${difficulty}`, short: `Error ${at === 'lowest' ? 'at lowest E' : at}, ${difficulty}`, group: 'results', kind: 'number', value: (_, measured) => measured?.errors.get(key) ?? null })),
  { key: 'same/last', title: 'Error of the newest probe, same', short: 'Error, same', group: 'results', kind: 'number', value: ({ lastError }) => lastError.same },
  { key: 'harder/last', title: 'Error of the newest probe, harder', short: 'Error, harder', group: 'results', kind: 'number', value: ({ lastError }) => lastError.harder },
  { key: 'best', title: 'Lowest probe error at a checkpoint', short: 'Best error', group: 'results', kind: 'number', value: ({ bestError }) => bestError },
  { key: 'loss', title: 'Newest loss', short: 'Loss', group: 'results', kind: 'number', value: ({ lastLoss }) => lastLoss },
  { key: 'done', title: 'Iterations done', short: 'Iterations done', group: 'results', kind: 'number', value: ({ iteration }) => iteration },
  { key: 'duration', title: 'Start to end, s', short: 'Time, s', group: 'results', kind: 'number', value: seconds },
  { key: 'status', title: 'Status', short: 'Status', group: 'results', kind: 'category', value: ({ status }) => status },
];

/** Whether only methods with an energy have this result. */
export const atLowestEnergy = (key: string): boolean => key.endsWith('/lowest');

/** Every field of these runs, those that tell them apart first. */
export function fieldsOf(runs: readonly RunSummary[]): Field[] {
  const differing = new Set(differingSettings(runs));
  const setting = (name: SettingName): Field => {
    const { title, type } = SETTINGS.find((candidate) => candidate.name === name)!;
    const numeric = type === 'number' || type === 'integer';
    return {
      key: `set.${name}`,
      title,
      short: title,
      group: differing.has(name) ? 'settings that differ' : 'other settings',
      kind: numeric ? 'number' : 'category',
      value: (run) => (numeric ? Number(settingsOf(run)[name]) : writeSetting(settingsOf(run)[name])),
    };
  };
  const fields = SETTINGS.map(({ name }) => setting(name));
  const results = RESULTS.filter(({ key }) => !atLowestEnergy(key) || runs.some(({ method }) => methodHasEnergy(method)));
  return [...fields.filter(({ group }) => group === 'settings that differ'), ...results, ...fields.filter(({ group }) => group === 'other settings')];
}

/** Whether values suit a logarithmic axis: positive, over more than a decade and a half. */
export function spansDecades(values: readonly (number | string | null)[]): boolean {
  const numbers = values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
  if (numbers.length < 2) return false;
  const low = Math.min(...numbers);
  return low > 0 && Math.max(...numbers) / low > 30;
}

/** What is at hand first: the first numeric setting that tells the runs apart, against the error. */
export function usualScatter(fields: readonly Field[]): readonly [string, string] {
  const telling = fields.filter(({ group, kind, key }) => group === 'settings that differ' && kind === 'number' && key !== 'set.seed');
  return [telling[0]?.key ?? 'done', 'same/last'];
}

export function usualParallel(fields: readonly Field[]): string[] {
  const settings = fields.filter(({ group, key }) => group === 'settings that differ' && key !== 'set.seed').slice(0, 6);
  return [...settings.map(({ key }) => key), 'loss', 'same/last', 'harder/last'];
}
