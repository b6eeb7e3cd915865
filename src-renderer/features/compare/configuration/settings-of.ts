import type { SettingName } from '../../../../src-main/contract/config.ts';
import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { SETTINGS } from '../../../../src-main/contract/settings.ts';

export type SettingValue = number | string | boolean;
export type Settings = Readonly<Record<SettingName, SettingValue>>;

const DEFAULTS = Object.fromEntries(SETTINGS.map((setting) => [setting.name, setting.default as SettingValue])) as Record<SettingName, SettingValue>;
const known = new WeakMap<RunSummary, Settings>();

/** A run's whole configuration: what it changes, over the defaults. */
export function settingsOf(run: RunSummary): Settings {
  let settings = known.get(run);
  if (!settings) {
    settings = { ...DEFAULTS, ...run.changes };
    known.set(run, settings);
  }
  return settings;
}

/** Names of the settings in which runs differ, in the order of the record. */
export function differingSettings(runs: readonly RunSummary[]): SettingName[] {
  const first = runs[0];
  if (!first) return [];
  const names = SETTINGS.map(({ name }) => name);
  return names.filter((name) => runs.some((run) => settingsOf(run)[name] !== settingsOf(first)[name]));
}
