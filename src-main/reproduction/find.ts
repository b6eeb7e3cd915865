import { canonical, type StoredEvaluation } from '../../db/evaluations.ts';
import type { RunConfig, SettingName } from '../contract/config.ts';
import { SETTINGS } from '../contract/settings.ts';
import type { Library, RunRow } from '../workbench/library.ts';

/** What is only written down makes no other run. */
const RECORDING = new Set(SETTINGS.filter(({ group }) => group === 'recording').map(({ name }) => name as string));

/** The same for runs that compute the same numbers. */
export const signatureOf = (config: RunConfig): string => canonical(Object.fromEntries(Object.entries(config).filter(([name]) => !RECORDING.has(name))));

/** Further runs are better; of equal ones the newest. One that failed is the last choice: another may go on. */
const rank = ({ status, iteration }: RunRow): number => (status === 'finished' ? 2e9 : status === 'failed' ? -1 : iteration);

/** Settings in which the runs of a store differ most: those of other values are left where they are. */
const SIFTED = ['task', 'method', 'seed', 'iterations', 'rank', 'nodes', 'hidden', 'batch', 'learning_rate'] as const satisfies readonly SettingName[];

/**
 * A store's runs by what they compute: for each configuration the one that got furthest. Forks started from other weights, and are others' business.
 *
 * @param wanted configurations that are looked for; others may be left out
 */
export function runsBySignature(library: Library, wanted: readonly RunConfig[]): ReadonlyMap<string, RunRow> {
  const settings = Object.fromEntries(SIFTED.map((name) => [name, [...new Set(wanted.map((config) => config[name]))]]));
  const found = new Map<string, RunRow>();
  for (const run of library.list({ settings })) {
    if (run.parentRun !== null) continue;
    const signature = signatureOf(run.config);
    const before = found.get(signature);
    if (!before || rank(run) > rank(before)) found.set(signature, run);
  }
  return found;
}

/**
 * The newest evaluation of a run's last checkpoint that was made with (at least) these options.
 *
 * @param evaluations of any runs, newest first
 */
export function evaluationOf(evaluations: readonly StoredEvaluation[], run: number, options: object): StoredEvaluation | undefined {
  const wanted = Object.entries(options).map(([name, value]) => [name, canonical(value)] as const);
  const fits = (given: unknown) => typeof given === 'object' && given !== null && wanted.every(([name, value]) => canonical((given as Record<string, unknown>)[name] ?? null) === value);
  return evaluations.filter((evaluation) => evaluation.run === run && fits(evaluation.options)).reduce<StoredEvaluation | undefined>((best, next) => (best && best.iteration >= next.iteration ? best : next), undefined);
}
