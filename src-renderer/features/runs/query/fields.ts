import { METHODS, TASKS } from '../../../../src-main/contract/config.ts';
import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { status } from '../../../../src-main/contract/api/shapes.ts';
import { SETTINGS } from '../../../../src-main/contract/settings.ts';
import { standing } from '../../../format/trivial.ts';

/** What kind of values a field has: decides which comparisons it takes and how what is typed is read. */
export type Kind = 'text' | 'choice' | 'list' | 'number' | 'duration' | 'date';

/** Something of a run that a query can name. */
export interface Field {
  readonly name: string;
  readonly kind: Kind;
  readonly meaning: string;
  readonly choices?: readonly string[];
  /** Text in lower case, a list of such, a number (durations and dates in ms), or null where the run has none. */
  readonly read: (run: RunSummary, now: number) => string | readonly string[] | number | null;
}

/** A word that stands by itself. */
export interface Flag {
  readonly name: string;
  readonly meaning: string;
  readonly read: (run: RunSummary) => boolean;
}

/** A run's setting, whether changed or at its default. */
export function settingOf(run: RunSummary, name: string): string | number | boolean {
  return run.changes[name] ?? (DEFAULTS.get(name) as string | number | boolean);
}
const DEFAULTS = new Map<string, unknown>(SETTINGS.map((setting) => [setting.name, setting.default]));

/** Wall time from the first start to the end, or to now, pauses included. */
export const durationOf = (run: RunSummary, now: number): number | null => (run.startedAt === null ? null : (run.endedAt ?? now) - run.startedAt);

/** The lower the better; 1 is the lowest trivial answer's own level. */
export const ratioOf = (run: RunSummary): number | null => standing(run.lastError.same, run.references, 'same')?.ratio ?? null;

const own: readonly Field[] = [
  { name: 'name', kind: 'text', meaning: 'The run’s name', read: (run) => run.name.toLowerCase() },
  { name: 'id', kind: 'number', meaning: 'The run’s number', read: (run) => run.id },
  { name: 'status', kind: 'choice', meaning: 'Where the run is in its life', choices: status.options, read: (run) => run.status },
  { name: 'task', kind: 'choice', meaning: 'The problem family', choices: TASKS, read: (run) => run.task },
  { name: 'method', kind: 'choice', meaning: 'How answers are found', choices: METHODS, read: (run) => run.method },
  { name: 'tag', kind: 'list', meaning: 'One of its tags', read: (run) => run.tags.map((tag) => tag.toLowerCase()) },
  { name: 'seed', kind: 'number', meaning: 'Its seed', read: (run) => run.seed },
  { name: 'engine', kind: 'text', meaning: 'Engine and device', read: (run) => `${run.engine}/${run.device}`.toLowerCase() },
  { name: 'loss', kind: 'number', meaning: 'Newest loss', read: (run) => run.lastLoss },
  { name: 'error', kind: 'number', meaning: 'Newest probe error, problems as in training', read: (run) => run.lastError.same },
  { name: 'harder', kind: 'number', meaning: 'Newest probe error, harder problems', read: (run) => run.lastError.harder },
  { name: 'best', kind: 'number', meaning: 'Lowest probe error at a checkpoint', read: (run) => run.bestError },
  { name: 'ratio', kind: 'number', meaning: 'Newest probe error over the lowest trivial error', read: ratioOf },
  { name: 'progress', kind: 'number', meaning: 'Share that is done, in percent', read: (run) => (run.iterations > 0 ? (100 * run.iteration) / run.iterations : 0) },
  { name: 'iteration', kind: 'number', meaning: 'Last finished iteration', read: (run) => run.iteration },
  { name: 'iterations', kind: 'number', meaning: 'Iterations in the whole run', read: (run) => run.iterations },
  { name: 'duration', kind: 'duration', meaning: 'Time from start to end: 90s, 5m, 2h, 1d', read: durationOf },
  { name: 'created', kind: 'date', meaning: 'The day that it was made: 2026-03-07', read: (run) => run.createdAt },
  { name: 'age', kind: 'duration', meaning: 'Time since it was made: 2h, 3d', read: (run, now) => now - run.createdAt },
  { name: 'parent', kind: 'number', meaning: 'Number of the run that it was forked from', read: (run) => run.parentRun },
];

const settings: readonly Field[] = SETTINGS.filter(({ name }) => !own.some((field) => field.name === name)).map(
  ({ name, type, meaning, choices }): Field => ({
    name,
    kind: type === 'number' || type === 'integer' ? 'number' : type === 'string' ? 'text' : 'choice',
    meaning,
    ...(choices ? { choices } : type === 'boolean' ? { choices: ['true', 'false'] } : {}),
    read: (run) => {
      const value = settingOf(run, name);
      return typeof value === 'number' ? value : String(value).toLowerCase();
    },
  }),
);

/** Every field, the run's own before its settings. */
export const FIELDS: readonly Field[] = [...own, ...settings];

export const FLAGS: readonly Flag[] = [
  { name: 'active', meaning: 'running or waiting', read: (run) => run.status === 'running' || run.status === 'queued' },
  { name: 'starred', meaning: 'with a star', read: (run) => run.star },
  { name: 'archived', meaning: 'archived; left out unless the filter says this word', read: (run) => run.archived },
  { name: 'nan', meaning: 'met a value that is NaN or infinite', read: (run) => run.nonFinite },
  { name: 'forked', meaning: 'made from another run', read: (run) => run.parentRun !== null },
  { name: 'noted', meaning: 'with notes', read: (run) => run.hasNotes },
  { name: 'beats', meaning: 'error below every trivial answer, problems as in training', read: (run) => (ratioOf(run) ?? Infinity) < 1 },
];
