import type { RunSummary } from '../contract/api/runs.ts';
import type { RunConfig } from '../contract/config.ts';
import { SETTINGS } from '../contract/settings.ts';
import type { RunSummaryRow } from '../../db/run-summaries.ts';

const DEFAULTS = SETTINGS.map(({ name, default: value }) => [name, value] as const);
const DEFAULT_CONFIG = Object.fromEntries(DEFAULTS);

/** A run as the contract lists it. A setting that is newer than the run has its default. */
export function toSummary({ config, ...row }: RunSummaryRow): RunSummary {
  const changes: RunSummary['changes'] = {};
  for (const [name, value] of DEFAULTS) {
    const own = config[name];
    if (own !== undefined && own !== value) changes[name] = own as number | string | boolean;
  }
  const { method, task, seed, iterations } = { ...DEFAULT_CONFIG, ...config } as RunConfig;
  return { ...row, references: [...row.references], tags: [...row.tags], method, task, seed, iterations, changes };
}
