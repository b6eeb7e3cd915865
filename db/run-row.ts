import { BasinError, type ErrorData } from '../src-main/contract/errors.ts';
import { runConfigSchema, type RunConfig } from '../src-main/contract/config.ts';
import type { Divergence, RunStatus } from '../src-main/contract/events.ts';
import { toFloat64 } from './blobs.ts';
import type { ReadStore } from './store.ts';

/** A run as the store knows it. Times are milliseconds since 1970. */
export interface RunRow {
  readonly id: number;
  readonly name: string;
  readonly status: RunStatus;
  readonly config: RunConfig;
  readonly seed: number;
  readonly engine: string;
  readonly device: string;
  /** Versions of what computed it, by package. */
  readonly versions: Readonly<Record<string, string>>;
  /** Where a fork came from; that run may be deleted since. */
  readonly parentRun: number | null;
  readonly parentIteration: number | null;
  /** Last finished iteration. */
  readonly iteration: number;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** The trainer's process while it runs. */
  readonly pid: number | null;
  /** The newest value of the metric `loss`, NaN included; null before the first. */
  readonly lastLoss: number | null;
  /** Error of the best checkpoint; null before the first. */
  readonly bestError: number | null;
  readonly error: ErrorData | null;
  readonly divergence: Divergence | null;
  readonly tags: readonly string[];
  readonly notes: string;
  readonly star: boolean;
  readonly archived: boolean;
}

/**
 * What every query of a run selects. The last loss is the last number of the last chunk of its series (8 bytes), read
 * where it lives: a column could not hold NaN, and could disagree.
 */
export const RUN_COLUMNS = `
  id, name, status, config, engine, device, versions, parent_run AS parentRun, parent_iteration AS parentIteration,
  iteration, created_at AS createdAt, started_at AS startedAt, ended_at AS endedAt, pid, error, divergence, notes, star, archived,
  (SELECT json_group_array(tag) FROM (SELECT tag FROM run_tags WHERE run = runs.id ORDER BY tag)) AS tags,
  (SELECT error FROM checkpoints WHERE run = runs.id AND best = 1) AS bestError,
  (SELECT substr(numbers, -8) FROM series_chunks WHERE series = (SELECT id FROM series WHERE run = runs.id AND metric = 'loss') ORDER BY first DESC LIMIT 1) AS lastLoss`;

export interface StoredRun {
  readonly id: number;
  readonly name: string;
  readonly status: RunStatus;
  readonly config: string;
  readonly engine: string;
  readonly device: string;
  readonly versions: string;
  readonly parentRun: number | null;
  readonly parentIteration: number | null;
  readonly iteration: number;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly pid: number | null;
  readonly error: string | null;
  readonly divergence: string | null;
  readonly notes: string;
  readonly star: number;
  readonly archived: number;
  readonly tags: string;
  readonly bestError: number | null;
  readonly lastLoss: Uint8Array | null;
}

/** @throws BasinError `run.config` when a configuration stored by another version has settings that this one does not know. */
export function toRun(row: StoredRun): RunRow {
  // Parsed, not only read: a setting that is newer than the run gets its default.
  const config = runConfigSchema.safeParse(JSON.parse(row.config));
  if (!config.success) {
    const reasons = config.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    throw new BasinError('run.config', `The stored configuration of run ${row.id} ("${row.name}") does not fit this version of Basin (${reasons}). It was left as it is.`, { kind: 'operational', details: { id: row.id, config: row.config } });
  }
  return {
    ...row,
    config: config.data,
    seed: config.data.seed,
    versions: JSON.parse(row.versions) as Record<string, string>,
    lastLoss: row.lastLoss ? toFloat64(row.lastLoss)[0]! : null,
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorData),
    divergence: row.divergence === null ? null : (JSON.parse(row.divergence) as Divergence),
    tags: JSON.parse(row.tags) as string[],
    star: row.star === 1,
    archived: row.archived === 1,
  };
}

/** @param ref the number or the name that led nowhere. */
export function unknownRun(store: ReadStore, ref: number | string): BasinError {
  return new BasinError('run.unknown', `There is no run ${typeof ref === 'number' ? ref : `called "${ref}"`} in ${store.folder}. \`basin list\` shows the runs there are.`, { details: { ref } });
}
