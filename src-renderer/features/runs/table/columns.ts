import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { SETTINGS } from '../../../../src-main/contract/settings.ts';
import { formatDuration } from '../../../format/numbers.ts';
import { formatMoment } from '../../../format/time.ts';
import { durationOf, ratioOf, settingOf } from '../query/fields.ts';

/** A number as the person wants it written. */
export interface Formats {
  readonly number: (value: number | null) => string;
  readonly count: (value: number | null) => string;
}

/** What a column may be sorted by; null where a run has nothing. */
export type SortValue = string | number | null;

/** A column of the table. Those with a `drawn` form are drawn in their own way (RunRow.vue), the others are `text`. */
export interface Column {
  readonly id: string;
  readonly title: string;
  /** Said on hover of the title and in the chooser. */
  readonly meaning: string;
  readonly width: number;
  readonly numeric?: boolean;
  readonly drawn?: 'status' | 'name' | 'progress' | 'error' | 'harder' | 'curve' | 'tags' | 'nan' | 'star';
  /** Shown before the person has chosen. */
  readonly shown?: boolean;
  readonly sortBy?: (run: RunSummary, now: number) => SortValue;
  readonly text: (run: RunSummary, write: Formats, now: number) => string;
}

/** The settings that say what is special about a run; task, method, seed and iterations have columns of their own. */
export const keySettings = (run: RunSummary): string =>
  Object.entries(run.changes)
    .filter(([name]) => !['task', 'method', 'seed', 'iterations', 'data'].includes(name))
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(' · ');

const share = (run: RunSummary): number => (run.iterations > 0 ? run.iteration / run.iterations : 0);

const own: readonly Column[] = [
  { id: 'star', title: 'Star', meaning: 'Runs that you marked', width: 56, drawn: 'star', sortBy: (run) => (run.star ? 0 : 1), text: (run) => (run.star ? 'starred' : '') },
  { id: 'name', title: 'Name', meaning: 'Opens the run', width: 208, drawn: 'name', shown: true, sortBy: (run) => run.name.toLowerCase(), text: (run) => run.name },
  { id: 'status', title: 'Status', meaning: 'Where the run is in its life', width: 104, drawn: 'status', shown: true, sortBy: (run) => run.status, text: (run) => run.status },
  { id: 'task', title: 'Task', meaning: 'The problem family', width: 96, shown: true, sortBy: (run) => run.task, text: (run) => run.task },
  { id: 'method', title: 'Method', meaning: 'How answers are found', width: 96, shown: true, sortBy: (run) => run.method, text: (run) => run.method },
  { id: 'progress', title: 'Progress', meaning: 'Finished iterations of the whole run', width: 120, drawn: 'progress', shown: true, sortBy: share, text: (run, { count }) => `${count(run.iteration)} of ${count(run.iterations)}` },
  { id: 'error', title: 'Error', meaning: 'Mean squared error of the newest probe, problems as in training; beside it the ratio to the lowest trivial answer, or which one is exact', width: 176, numeric: true, drawn: 'error', shown: true, sortBy: (run) => run.lastError.same, text: (run, { number }) => number(run.lastError.same) },
  { id: 'best', title: 'Best error', meaning: 'Lowest probe error at a checkpoint', width: 88, numeric: true, shown: true, sortBy: (run) => run.bestError, text: (run, { number }) => number(run.bestError) },
  { id: 'settings', title: 'Settings', meaning: 'Settings that differ from their defaults', width: 200, shown: true, sortBy: keySettings, text: keySettings },
  { id: 'curve', title: 'Loss curve', meaning: 'Loss against iteration, logarithmic; shape only', width: 112, drawn: 'curve', shown: true, text: () => '' },
  { id: 'nan', title: 'NaN', meaning: 'Whether any recorded number was NaN or infinite: loss, energies, gradient norm, …', width: 56, drawn: 'nan', shown: true, sortBy: (run) => (run.nonFinite ? 0 : 1), text: (run) => (run.nonFinite ? 'NaN' : '') },
  { id: 'loss', title: 'Loss', meaning: 'Newest training loss (mean squared error)', width: 80, numeric: true, shown: true, sortBy: (run) => run.lastLoss, text: (run, { number }) => number(run.lastLoss) },
  { id: 'harder', title: 'Error, harder', meaning: 'Mean squared error of the newest probe, harder problems; beside it the ratio to the lowest trivial answer, or which one is exact', width: 176, numeric: true, drawn: 'harder', sortBy: (run) => run.lastError.harder, text: (run, { number }) => number(run.lastError.harder) },
  { id: 'ratio', title: 'Error / trivial', meaning: 'Newest probe error over the lowest trivial error; below 1 beats it', width: 104, numeric: true, sortBy: ratioOf, text: (run, { number }) => number(ratioOf(run)) },
  { id: 'engine', title: 'Engine', meaning: 'Engine and device', width: 120, shown: true, sortBy: (run) => `${run.engine}/${run.device}`, text: (run) => `${run.engine}/${run.device}` },
  { id: 'duration', title: 'Duration', meaning: 'From the first start to the end, pauses included', width: 96, numeric: true, shown: true, sortBy: durationOf, text: (run, _write, now) => formatDuration(durationOf(run, now)) },
  { id: 'seed', title: 'Seed', meaning: 'Decides initial weights, problems and first answers', width: 64, numeric: true, shown: true, sortBy: (run) => run.seed, text: (run) => String(run.seed) },
  { id: 'tags', title: 'Tags', meaning: 'Your own words', width: 144, drawn: 'tags', shown: true, sortBy: (run) => run.tags.join(' ').toLowerCase() || null, text: (run) => run.tags.join(', ') },
  { id: 'created', title: 'Created', meaning: 'When the run was made, local time', width: 136, shown: true, sortBy: (run) => run.createdAt, text: (run) => formatMoment(run.createdAt) },
  { id: 'id', title: 'Number', meaning: 'The run’s number: as in its address and on the command line', width: 72, numeric: true, sortBy: (run) => run.id, text: (run) => String(run.id) },
  { id: 'parent', title: 'Forked from', meaning: 'Number of the run that it was forked from, and at which iteration', width: 120, sortBy: (run) => run.parentRun, text: (run, { count }) => (run.parentRun === null ? '' : `${run.parentRun} at ${count(run.parentIteration)}`) },
];

const perSetting: readonly Column[] = SETTINGS.filter(({ name }) => !own.some(({ id }) => id === name)).map(({ name, title, meaning, type }): Column => {
  const numeric = type === 'number' || type === 'integer';
  return {
    id: name,
    title,
    meaning: `${name}: ${meaning}`,
    width: 104,
    numeric,
    sortBy: (run) => {
      const value = settingOf(run, name);
      return typeof value === 'boolean' ? String(value) : value;
    },
    text: (run, { number, count }) => {
      const value = settingOf(run, name);
      return typeof value === 'number' ? (Number.isInteger(value) ? count(value) : number(value)) : String(value);
    },
  };
});

/** Every column there is, in the order before the person has chosen one. Star and name stay in front. */
export const COLUMNS: readonly Column[] = [...own, ...perSetting];
