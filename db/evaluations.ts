import type { ReadStore, WriteStore } from './store.ts';

/** A finished evaluation as it is stored; options and result are plain data of the caller's. */
export interface StoredEvaluation {
  readonly run: number;
  readonly iteration: number;
  readonly options: unknown;
  readonly result: unknown;
  /** ms since 1970 */
  readonly at: number;
}

/** Keeps an evaluation, in place of one of the same checkpoint with the same options. @throws BasinError `store.*` */
export function writeEvaluation(store: WriteStore, { run, iteration, options, result, at }: StoredEvaluation): void {
  store.write('INSERT OR REPLACE INTO evaluations (run, iteration, options, result, created_at) VALUES (?, ?, ?, ?, ?)', run, iteration, canonical(options), JSON.stringify(result, toText), at);
}

/** Evaluations of runs, newest first. */
export function readEvaluations(store: ReadStore, runs: readonly number[]): StoredEvaluation[] {
  const rows = store.all<{ run: number; iteration: number; options: string; result: string; created_at: number }>(
    'SELECT run, iteration, options, result, created_at FROM evaluations WHERE run IN (SELECT value FROM json_each(?)) ORDER BY created_at DESC, run',
    JSON.stringify(runs),
  );
  return rows.map(({ run, iteration, options, result, created_at }) => ({ run, iteration, options: JSON.parse(options) as unknown, result: JSON.parse(result, fromText) as unknown, at: created_at }));
}

/** JSON with the keys of every object in order: the same options give the same text. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) => (item !== null && typeof item === 'object' && !Array.isArray(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item));

/** JSON has no NaN and no infinities: they are marked strings there. */
const MARKED: Readonly<Record<string, number>> = { '\u0000NaN': NaN, '\u0000Infinity': Infinity, '\u0000-Infinity': -Infinity };
const toText = (_key: string, value: unknown): unknown => (typeof value === 'number' && !Number.isFinite(value) ? `\u0000${value}` : value);
const fromText = (_key: string, value: unknown): unknown => (typeof value === 'string' && value in MARKED ? MARKED[value] : value);
