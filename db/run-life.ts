import { BasinError, type ErrorData } from '../src-main/contract/errors.ts';
import type { Divergence, RunStatus } from '../src-main/contract/events.ts';
import { isAlive, startOf } from './owner.ts';
import { unknownRun } from './run-row.ts';
import type { ReadStore, WriteStore } from './store.ts';

/** How a run ended. */
export interface Ending {
  readonly status: Exclude<RunStatus, 'queued' | 'running'>;
  /** Last finished iteration. */
  readonly iteration: number;
  readonly divergence?: Divergence;
  readonly error?: ErrorData;
}

export interface Ownership {
  readonly status: RunStatus;
  readonly pid: number | null;
  readonly start: string | null;
  readonly beatAt: number | null;
}

export const ownership = (store: ReadStore, id: number): Ownership => {
  const row = store.first<Ownership>('SELECT status, pid, pid_start AS start, beat_at AS beatAt FROM runs WHERE id = ?', id);
  if (!row) throw unknownRun(store, id);
  return row;
};

/** The live process that runs it, or undefined. */
export const liveOwner = ({ status, pid, start, beatAt }: Ownership): number | undefined =>
  status === 'running' && pid !== null && isAlive({ pid, start, beatAt: beatAt ?? 0 }, Date.now()) ? pid : undefined;

export const busy = (id: number, pid: number, wanted: string): BasinError =>
  new BasinError('run.busy', `Run ${id} cannot be ${wanted}: process ${pid} is running it. Stop it first (\`basin stop ${id}\`).`, { details: { id, pid } });

/**
 * Makes a process the run's owner and the run `running`; what an earlier life left (end, error, divergence) is cleared.
 * Of two processes that race, one wins. Claiming again for the same process is allowed.
 *
 * @throws BasinError `run.busy` while another live process owns it; `run.unknown`.
 */
export function claimRun(store: WriteStore, id: number, pid: number): void {
  store.transaction(() => {
    const owner = liveOwner(ownership(store, id));
    if (owner !== undefined && owner !== pid) throw busy(id, owner, 'started');
    const now = Date.now();
    store.write(
      `UPDATE runs SET status = 'running', pid = ?, pid_start = ?, beat_at = ?, started_at = coalesce(started_at, ?), ended_at = NULL, error = NULL, divergence = NULL WHERE id = ?`,
      pid,
      startOf(pid),
      now,
      now,
      id,
    );
  });
}

/**
 * The owner's sign of life. Must come from the process that claimed the run.
 *
 * @throws BasinError `run.lost` when this process owns it no more: it must stop writing.
 */
export function beat(store: WriteStore, id: number, iteration: number): void {
  const { changes } = store.write(`UPDATE runs SET iteration = ?, beat_at = ? WHERE id = ? AND status = 'running' AND pid = ?`, iteration, Date.now(), id, process.pid);
  if (changes > 0) return;
  const { status, pid } = ownership(store, id);
  throw new BasinError('run.lost', `Run ${id} no longer belongs to process ${process.pid}: it is ${status}${pid === null ? '' : ` under process ${pid}`}. What was written so far is kept.`, { kind: 'operational', details: { id, status, pid } });
}

/**
 * Ends a run: by its owner, or by anyone once the owner is gone.
 *
 * @throws BasinError `run.busy` while another live process owns it; `run.unknown`.
 */
export function endRun(store: WriteStore, id: number, { status, iteration, divergence, error }: Ending): void {
  store.transaction(() => {
    const owner = liveOwner(ownership(store, id));
    if (owner !== undefined && owner !== process.pid) throw busy(id, owner, 'ended');
    store.write(
      'UPDATE runs SET status = ?, iteration = ?, ended_at = ?, divergence = ?, error = ?, pid = NULL, pid_start = NULL WHERE id = ?',
      status,
      iteration,
      Date.now(),
      divergence ? JSON.stringify(divergence) : null,
      error ? JSON.stringify(error) : null,
      id,
    );
  });
}

/**
 * Finds runs that say `running` though their process is gone (killed, crashed, machine switched off) and makes them
 * `interrupted`, ended at their last sign of life.
 *
 * @param except runs to leave as they are: the caller knows how they are
 * @returns their numbers
 */
export function reconcileRuns(store: WriteStore, except: readonly number[] = []): number[] {
  const findDead = () =>
    store
      .all<Ownership & { id: number }>(`SELECT id, status, pid, pid_start AS start, beat_at AS beatAt FROM runs WHERE status = 'running'`)
      .filter((row) => !except.includes(row.id) && liveOwner(row) === undefined)
      .map(({ id }) => id);
  // Asked again and again while runs train: their writers are only held up when there is something to write.
  if (findDead().length === 0) return [];
  return store.transaction(() => {
    const dead = findDead();
    for (const id of dead) store.write(`UPDATE runs SET status = 'interrupted', ended_at = coalesce(beat_at, ?), pid = NULL, pid_start = NULL WHERE id = ?`, Date.now(), id);
    return dead;
  });
}

/**
 * Deletes a run and everything recorded of it. Forks of it stay.
 *
 * @returns its checkpoint files, relative to the store's folder, for the caller to delete now that no row names them.
 * @throws BasinError `run.busy` while a live process owns it; `run.unknown`.
 */
export function deleteRun(store: WriteStore, id: number): string[] {
  return store.transaction(() => {
    const owner = liveOwner(ownership(store, id));
    if (owner !== undefined) throw busy(id, owner, 'deleted');
    const files = store.all<{ file: string }>('SELECT file FROM checkpoints WHERE run = ?', id).map(({ file }) => file);
    store.write('DELETE FROM runs WHERE id = ?', id);
    return files;
  });
}
