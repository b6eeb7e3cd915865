import type { RunSummary } from '../contract/api/runs.ts';
import { SETTINGS } from '../contract/settings.ts';
import type { RunSummaryRow } from '../../db/run-summaries.ts';

const DEFAULTS = SETTINGS.map(({ name, default: value }) => [name, value] as const);

/** A run as the contract lists it. A setting that is newer than the run has its default. */
export function toSummary({ config, ...row }: RunSummaryRow): RunSummary {
  const changes: RunSummary['changes'] = {};
  for (const [name, value] of DEFAULTS) {
    const own = config[name];
    if (own !== undefined && own !== value) changes[name] = own as number | string | boolean;
  }
  const setting = <Value>(name: string): Value => (config[name] ?? DEFAULTS.find(([known]) => known === name)![1]) as Value;
  return { ...row, references: [...row.references], tags: [...row.tags], method: setting('method'), task: setting('task'), seed: setting('seed'), iterations: setting('iterations'), changes };
}
