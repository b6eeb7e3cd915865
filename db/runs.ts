import { BasinError } from '../src-main/contract/errors.ts';
import { runConfigSchema, type RunConfig, type SettingName } from '../src-main/contract/config.ts';
import type { RunStatus } from '../src-main/contract/events.ts';
import { RUN_COLUMNS, toRun, unknownRun, type RunRow, type StoredRun } from './run-row.ts';
import type { Bindable, ReadStore, WriteStore } from './store.ts';

export type { RunRow } from './run-row.ts';
export { hiddenBefore, hideRun, restoreRun } from './run-deletion.ts';
export { beat, claimRun, deleteRun, endRun, reconcileRuns, type Ending } from './run-life.ts';

export interface NewRun {
  /** Default: the task and the run's number ("addition-12"). */
  readonly name?: string;
  readonly config: RunConfig;
  readonly engine: string;
  readonly device: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly parentRun?: number;
  readonly parentIteration?: number;
  readonly tags?: readonly string[];
  readonly notes?: string;
  /** Default `queued`; a running run is made by `claimRun`. */
  readonly status?: Exclude<RunStatus, 'running'>;
}

/** What a person writes on a run; what is left out stays. */
export interface Annotation {
  readonly name?: string;
  readonly tags?: readonly string[];
  readonly notes?: string;
  readonly star?: boolean;
  readonly archived?: boolean;
}

export interface RunFilter {
  readonly status?: RunStatus;
  readonly task?: string;
  readonly tag?: string;
  /** Left out: archived runs as well. */
  readonly archived?: boolean;
  /** Settings that must have one of these values. */
  readonly settings?: { readonly [Name in SettingName]?: readonly RunConfig[Name][] };
  readonly limit?: number;
  readonly offset?: number;
}

/** @returns the new run's number. @throws BasinError `run.name` for a name that could be taken for a number; `run.unknown` for a parent that is not there. */
export function createRun(store: WriteStore, run: NewRun): number {
  return store.transaction(() => {
    if (run.parentRun !== undefined) getRun(store, run.parentRun);
    const { id } = store.write(
      `INSERT INTO runs (name, status, config, engine, device, versions, parent_run, parent_iteration, notes, created_at, ended_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      run.name === undefined ? '' : checkedName(run.name),
      run.status ?? 'queued',
      JSON.stringify(run.config),
      run.engine,
      run.device,
      JSON.stringify(run.versions),
      run.parentRun ?? null,
      run.parentIteration ?? null,
      run.notes ?? '',
      Date.now(),
      (run.status ?? 'queued') === 'queued' ? null : Date.now(),
    );
    if (run.name === undefined) store.write('UPDATE runs SET name = ? WHERE id = ?', `${run.config.task}-${id}`, id);
    writeTags(store, id, run.tags ?? []);
    return id;
  });
}

/** @throws BasinError `run.unknown`, also for one that was deleted. */
export function getRun(store: ReadStore, id: number): RunRow {
  const row = store.first<StoredRun>(`SELECT ${RUN_COLUMNS} FROM runs WHERE id = ? AND deleted_at IS NULL`, id);
  if (!row) throw unknownRun(store, id);
  return toRun(row);
}

/** Whether there is such a run, and it is not deleted. */
export const hasRun = (store: ReadStore, id: number): boolean => store.first('SELECT 1 FROM runs WHERE id = ? AND deleted_at IS NULL', id) !== undefined;

/**
 * The run that a person means: its number, or its exact name.
 *
 * @throws BasinError `run.unknown`; `run.ambiguous` when several runs have that name (`details.ids`, newest first).
 */
export function findRun(store: ReadStore, ref: string): RunRow {
  if (/^\d+$/.test(ref)) return getRun(store, Number(ref));
  const named = store.all<{ id: number }>('SELECT id FROM runs WHERE name = ? AND deleted_at IS NULL ORDER BY id DESC', ref).map(({ id }) => id);
  if (named.length > 1) throw new BasinError('run.ambiguous', `${named.length} runs are called "${ref}": say which by its number (${named.join(', ')}).`, { details: { ids: named } });
  if (named.length === 0) throw unknownRun(store, ref);
  return getRun(store, named[0]!);
}

/** Newest first; deleted ones are left out. */
export function listRuns(store: ReadStore, filter: RunFilter = {}): RunRow[] {
  const conditions: [sql: string, ...values: Bindable[]][] = [];
  if (filter.status !== undefined) conditions.push(['status = ?', filter.status]);
  if (filter.task !== undefined) conditions.push(['task = ?', filter.task]);
  if (filter.tag !== undefined) conditions.push(['id IN (SELECT run FROM run_tags WHERE tag = ?)', filter.tag]);
  if (filter.archived !== undefined) conditions.push(['archived = ?', Number(filter.archived)]);
  for (const [name, values] of Object.entries(filter.settings ?? {})) {
    // A run that is older than the setting has its default.
    conditions.push(["COALESCE(json_extract(config, '$.' || ?), json_extract(?, '$')) IN (SELECT value FROM json_each(?))", name, JSON.stringify(runConfigSchema.shape[name as SettingName].parse(undefined)), JSON.stringify(values)]);
  }
  const where = `WHERE ${['deleted_at IS NULL', ...conditions.map(([sql]) => sql)].join(' AND ')}`;
  // SQLite takes a limit of −1 as none.
  const rows = store.all<StoredRun>(`SELECT ${RUN_COLUMNS} FROM runs ${where} ORDER BY id DESC LIMIT ? OFFSET ?`, ...conditions.flatMap(([, ...values]) => values), filter.limit ?? -1, filter.offset ?? 0);
  return rows.map(toRun);
}

/** Replaces the configuration, e.g. when a resumed run gets more iterations. @throws BasinError `run.unknown`. */
export function setRunConfig(store: WriteStore, id: number, config: RunConfig): void {
  const { changes } = store.write('UPDATE runs SET config = ? WHERE id = ?', JSON.stringify(config), id);
  if (changes === 0) throw unknownRun(store, id);
}

/** Says what computes the run from now on. @throws BasinError `run.unknown`. */
export function setRunEngine(store: WriteStore, id: number, { engine, device }: { engine: string; device: string }): void {
  const { changes } = store.write('UPDATE runs SET engine = ?, device = ? WHERE id = ?', engine, device, id);
  if (changes === 0) throw unknownRun(store, id);
}

/** @throws BasinError `run.unknown`, `run.name`. */
export function annotateRun(store: WriteStore, id: number, { name, tags, notes, star, archived }: Annotation): void {
  store.transaction(() => {
    const flag = (value: boolean | undefined) => (value === undefined ? null : Number(value));
    const { changes } = store.write(
      'UPDATE runs SET name = coalesce(?, name), notes = coalesce(?, notes), star = coalesce(?, star), archived = coalesce(?, archived) WHERE id = ?',
      name === undefined ? null : checkedName(name),
      notes ?? null,
      flag(star),
      flag(archived),
      id,
    );
    if (changes === 0) throw unknownRun(store, id);
    if (tags) {
      store.write('DELETE FROM run_tags WHERE run = ?', id);
      writeTags(store, id, tags);
    }
  });
}

function writeTags(store: WriteStore, id: number, tags: readonly string[]): void {
  for (const tag of new Set(tags)) store.write('INSERT INTO run_tags (run, tag) VALUES (?, ?)', id, tag);
}

/** A run is named by number or name, so a name must not look like a number. */
function checkedName(name: string): string {
  if (name.trim() === '' || /^\d+$/.test(name)) {
    throw new BasinError('run.name', `A run cannot be called ${JSON.stringify(name)}: a name must not be empty, nor only digits (runs are numbered).`, { details: { name } });
  }
  return name;
}
