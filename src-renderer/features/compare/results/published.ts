import type { SettingName } from '../../../../src-main/contract/config.ts';
import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { PRESETS } from '../../../../src-main/contract/config.ts';
import { resolveConfig, SETTINGS } from '../../../../src-main/contract/settings.ts';
import { settingsOf } from '../configuration/settings-of.ts';

/*
 * Published errors of the method at rank 20 (docs/method.md): Du et al., IREM, ICML 2022, as repeated in the paper on IRED
 * (Du et al. 2024). Element-wise mean squared error, problems as in training and harder. Other numbers are not known to us.
 */
const PUBLISHED: Readonly<Record<string, { readonly same: number; readonly harder: number }>> = {
  'irem addition': { same: 0.0003, harder: 0.0021 },
  'irem lowrank': { same: 0.0183, harder: 0.2074 },
  'irem inverse': { same: 0.0108, harder: 0.2083 },
};

export const PUBLISHED_SOURCE = 'IREM (Du et al. 2022) as repeated in the paper on IRED (Du et al. 2024), rank 20';

const PUBLISHED_WITH = resolveConfig(PRESETS.paper.settings);
/** What says which problem is solved, or only what is written down, makes no difference to how well the method works. */
const IRRELEVANT: readonly SettingName[] = ['method', 'task', 'rank', 'data', 'test_fraction', 'seed', ...SETTINGS.filter(({ group }) => group === 'recording').map(({ name }) => name)];

export interface Published {
  readonly same: number;
  readonly harder: number;
  /** Settings in which the run is not as the released code; empty when the numbers can be compared. */
  readonly differs: readonly { readonly name: SettingName; readonly title: string; readonly here: string; readonly published: string }[];
}

/** @returns undefined when nothing was published for this method, task and rank */
export function publishedFor(run: RunSummary): Published | undefined {
  const settings = settingsOf(run);
  const numbers = settings.rank === 20 ? PUBLISHED[`${settings.method} ${settings.task}`] : undefined;
  if (!numbers) return undefined;
  const differs = SETTINGS.filter(({ name }) => !IRRELEVANT.includes(name) && settings[name] !== PUBLISHED_WITH[name]).map(({ name, title }) => ({ name, title, here: String(settings[name]), published: String(PUBLISHED_WITH[name]) }));
  return { ...numbers, differs };
}
