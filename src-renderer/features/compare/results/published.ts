import { isGraph, PRESETS, type RunConfig, type SettingName } from '../../../../src-main/contract/config.ts';
import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { GRAPH_SOURCE, publishedErrors, PUBLISHED_SOURCE } from '../../../../src-main/contract/published.ts';
import { resolveConfig, SETTINGS } from '../../../../src-main/contract/settings.ts';
import { settingsOf } from '../configuration/settings-of.ts';

/** Settings as released: the presets', and for baselines the losses of the released code. */
const RELEASED = { ponder_loss: 'release', iterative_loss: 'unrolled' } as const;
const PUBLISHED_WITH = { matrices: { ...resolveConfig(PRESETS.paper.settings), ...RELEASED }, graphs: { ...resolveConfig(PRESETS.graph.settings), ...RELEASED } };
/** What says which problem is solved, or only what is written down, makes no difference to how well the method works. */
const IRRELEVANT: readonly SettingName[] = ['method', 'task', 'rank', 'nodes', 'nodes_harder', 'data', 'test_fraction', 'seed', ...SETTINGS.filter(({ group }) => group === 'recording').map(({ name }) => name)];
/** Settings that one method alone has. */
const OF_METHOD: Readonly<Partial<Record<SettingName, RunConfig['method']>>> = { ponder_loss: 'ponder', ponder_beta: 'ponder', iterative_loss: 'iterative-feedforward', recurrent_hidden: 'recurrent', step_size: 'irem', backprop: 'irem' };

export interface Published {
  readonly same: number | null;
  readonly harder: number | null;
  readonly source: string;
  /** Settings in which the run is not as the released code; empty when the numbers can be compared. */
  readonly differs: readonly { readonly name: SettingName; readonly title: string; readonly here: string; readonly published: string }[];
}

/** @returns undefined when nothing was published for this method, task and size */
export function publishedFor(run: RunSummary): Published | undefined {
  const settings = settingsOf(run);
  const numbers = publishedErrors(settings as unknown as RunConfig);
  if (!numbers) return undefined;
  const graphs = isGraph(settings.task as RunConfig['task']);
  const released = PUBLISHED_WITH[graphs ? 'graphs' : 'matrices'];
  const counts = (name: SettingName) => !IRRELEVANT.includes(name) && (OF_METHOD[name] ?? settings.method) === settings.method;
  const differs = SETTINGS.filter(({ name }) => counts(name) && settings[name] !== released[name]).map(({ name, title }) => ({ name, title, here: String(settings[name]), published: String(released[name]) }));
  return { same: numbers.same ?? null, harder: numbers.harder ?? null, source: graphs ? GRAPH_SOURCE : PUBLISHED_SOURCE, differs };
}
