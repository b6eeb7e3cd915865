import type { ReproductionCell, ReproductionRow, ReproductionSource, ReproductionTable, ReproductionWork } from '../../../src-main/contract/api/reproduce.ts';
import type { ReproductionTableName, Scale } from '../../../src-main/contract/reproduction.ts';

export const TABLE_OPTIONS: readonly { readonly value: ReproductionTableName; readonly label: string; readonly hint: string }[] = [
  { value: 'continuous', label: 'Continuous', hint: 'Addition, matrix completion and inverse, all methods' },
  { value: 'graph', label: 'Graphs', hint: 'Edge copy, connected components and shortest path' },
  { value: 'nested', label: 'Nested', hint: 'Many matrices summed with a trained two-matrix adder' },
  { value: 'ablation', label: 'Ablation', hint: 'Replay buffer on and off, last step or all steps differentiated' },
  { value: 'steps', label: 'Steps', hint: 'Errors after 10, 20, 40 and 80 updates' },
];

export const SCALE_OPTIONS: readonly { readonly value: Scale; readonly label: string; readonly hint: string }[] = [
  { value: 'quick', label: 'Quick', hint: 'Small problems and networks: all tables in about ten minutes on two cores' },
  { value: 'paper', label: 'Paper', hint: 'The constants of the released code: hours for each run on a CPU' },
];

export const MARKS = { all: '✓', some: '◐', none: '✗' } as const;
export type Standing = keyof typeof MARKS;

const OF_PUBLISHED = { reaches: 'all', partly: 'some', misses: 'none' } as const;
const OF_TRIVIAL = { beats: 'all', partly: 'some', 'does not beat': 'none' } as const;

/** The marks of a row: against published errors and against trivial answers. */
export const standings = ({ verdict }: Pick<ReproductionRow, 'verdict'>): { readonly published: Standing | null; readonly trivial: Standing | null } => ({
  published: verdict.published && OF_PUBLISHED[verdict.published],
  trivial: verdict.trivial && OF_TRIVIAL[verdict.trivial],
});

/** What a seed's run is worth, for its link: "seed 0", and what is missing of it. */
export function sourceWords({ run, status, iteration, iterations, evaluated }: ReproductionSource, count: (value: number) => string): string {
  if (run === null) return 'not trained';
  if (status === 'diverged') return `diverged at ${count(iteration)}`;
  if (status === 'running') return `training, ${Math.floor((100 * iteration) / iterations)} %`;
  if (status === 'queued') return 'waiting';
  if (status === 'failed') return `failed at ${count(iteration)}`;
  if (evaluated !== null && evaluated < iterations) return `tested at ${count(evaluated)} of ${count(iterations)}`;
  if (status === 'finished') return evaluated === null ? 'trained, not tested' : '';
  return `${status} at ${count(iteration)} of ${count(iterations)}`;
}

/** A cell for hover and readers: every number that stands behind it. */
export function cellWords({ mean, deviation, n, published, references }: ReproductionCell, title: string, write: (value: number | null) => string): string {
  if (mean === null) return `${title}: nothing yet`;
  const trivial = references.map(({ label, error }) => `${label} ${write(error)}`).join(', ');
  return [`${title}: ${write(mean)}${deviation === null ? '' : ` ± ${write(deviation)}`}, ${n} ${n === 1 ? 'seed' : 'seeds'}`, ...(published === null ? [] : [`published ${write(published)}`]), ...(trivial === '' ? [] : [`trivial: ${trivial}`])].join('; ');
}

/** How far the table is, in a sentence. */
export function tableWords({ rows, missing }: Pick<ReproductionTable, 'rows' | 'missing'>): string {
  const total = rows.reduce((sum, { runs }) => sum + runs.length, 0);
  if (missing === 0) return `All ${total} runs are trained and tested.`;
  return missing === total ? `None of its ${total} runs is finished.` : `${missing} of ${total} runs are missing or not finished.`;
}

/** What a reproduction is at: one line. */
export function workWords({ done, total, doing }: NonNullable<ReproductionWork>): string {
  const now = doing.map(({ text }) => text).join(' · ');
  return total === 0 ? 'Looking for what is missing…' : `${done} of ${total} runs done${now === '' ? '' : `. ${now}…`}`;
}
