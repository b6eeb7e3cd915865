import type { TrivialReference } from '../src-main/contract/api/shapes.ts';
import type { RunStatus } from '../src-main/contract/events.ts';
import { MACHINE_METRICS } from '../src-main/contract/metrics.ts';
import { toFloat64 } from './blobs.ts';
import type { ReadStore } from './store.ts';

/** A run as lists show it. The configuration is as it was stored: checking each of ten thousand would take seconds. */
export interface RunSummaryRow {
  readonly id: number;
  readonly name: string;
  readonly status: RunStatus;
  readonly config: Readonly<Record<string, unknown>>;
  readonly engine: string;
  readonly device: string;
  readonly parentRun: number | null;
  readonly parentIteration: number | null;
  readonly iteration: number;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly lastLoss: number | null;
  /** Mean error after the last update of the newest probe. */
  readonly lastError: { readonly same: number | null; readonly harder: number | null };
  readonly bestError: number | null;
  readonly references: readonly TrivialReference[];
  /** Whether any recorded metric of the training (all but `MACHINE_METRICS`) was NaN or infinite, or the run ended as diverged. */
  readonly nonFinite: boolean;
  readonly tags: readonly string[];
  readonly star: boolean;
  readonly archived: boolean;
  readonly hasNotes: boolean;
}

type Stored = Omit<RunSummaryRow, 'config' | 'lastLoss' | 'lastError' | 'references' | 'nonFinite' | 'tags' | 'star' | 'archived' | 'hasNotes'> & {
  readonly config: string;
  readonly tags: string;
  readonly trivial: string;
  readonly lastLoss: Uint8Array | null;
  readonly same: Uint8Array | null;
  readonly harder: Uint8Array | null;
  readonly nonFinite: number;
  readonly star: number;
  readonly archived: number;
  readonly hasNotes: number;
};

/** Last numbers are read where they live (8 bytes each): a column could not hold NaN, and could disagree. */
const newestError = (difficulty: 'same' | 'harder') => `(SELECT substr(mean_errors, -8) FROM probes WHERE run = runs.id AND difficulty = '${difficulty}' ORDER BY iteration DESC LIMIT 1)`;
const COLUMNS = `
  id, name, status, config, engine, device, parent_run AS parentRun, parent_iteration AS parentIteration, iteration,
  created_at AS createdAt, started_at AS startedAt, ended_at AS endedAt, star, archived, notes <> '' AS hasNotes,
  (SELECT json_group_array(tag) FROM (SELECT tag FROM run_tags WHERE run = runs.id ORDER BY tag)) AS tags,
  (SELECT error FROM checkpoints WHERE run = runs.id AND best = 1) AS bestError,
  (SELECT substr(numbers, -8) FROM series_chunks WHERE series = (SELECT id FROM series WHERE run = runs.id AND metric = 'loss') ORDER BY first DESC LIMIT 1) AS lastLoss,
  ${newestError('same')} AS same, ${newestError('harder')} AS harder,
  (SELECT json_group_array(json_array(difficulty, name, label, error)) FROM run_references WHERE run = runs.id) AS trivial,
  status = 'diverged' OR EXISTS (
    SELECT 1 FROM series JOIN series_chunks INDEXED BY series_chunks_non_finite ON series = series.id AND non_finite > 0
    WHERE run = runs.id AND metric NOT IN (${MACHINE_METRICS.map((name) => `'${name}'`).join(', ')})
  ) AS nonFinite`;

/** Every run that is not deleted, newest first. */
export const listSummaries = (store: ReadStore): RunSummaryRow[] => store.all<Stored>(`SELECT ${COLUMNS} FROM runs WHERE deleted_at IS NULL ORDER BY id DESC`).map(toSummary);

/** Those of these runs that are there and not deleted, newest first. */
export const readSummaries = (store: ReadStore, ids: readonly number[]): RunSummaryRow[] =>
  store.all<Stored>(`SELECT ${COLUMNS} FROM runs WHERE id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL ORDER BY id DESC`, JSON.stringify(ids)).map(toSummary);

const numberIn = (blob: Uint8Array | null): number | null => (blob && blob.byteLength === 8 ? toFloat64(blob)[0]! : null);

function toSummary({ same, harder, trivial, ...row }: Stored): RunSummaryRow {
  return {
    ...row,
    config: JSON.parse(row.config) as Record<string, unknown>,
    lastLoss: numberIn(row.lastLoss),
    lastError: { same: numberIn(same), harder: numberIn(harder) },
    references: (JSON.parse(trivial) as [TrivialReference['difficulty'], string, string, number | null][]).map(([difficulty, name, label, error]) => ({ difficulty, name, label, error: error ?? NaN })),
    nonFinite: row.nonFinite === 1,
    tags: JSON.parse(row.tags) as string[],
    star: row.star === 1,
    archived: row.archived === 1,
    hasNotes: row.hasNotes === 1,
  };
}

/** Counts up with every change of a run's row, by any process. */
export const revisionNow = (store: ReadStore): number => store.first<{ last: number }>('SELECT last FROM run_revision')!.last;

/** Runs whose row changed after a revision; deleted ones are among them, those that are gone for good are not. */
export const changedSince = (store: ReadStore, revision: number): number[] => store.all<{ id: number }>('SELECT id FROM runs WHERE revision > ? ORDER BY revision', revision).map(({ id }) => id);

/** Every run that is not deleted. */
export const runIds = (store: ReadStore): number[] => store.all<{ id: number }>('SELECT id FROM runs WHERE deleted_at IS NULL').map(({ id }) => id);

/** Counts up with every commit of another process (and not with this one's own): the cheapest way to ask whether anything happened. */
export const commitsOfOthers = (store: ReadStore): number => store.first<{ data_version: number }>('PRAGMA data_version')!.data_version;
