import { isAbsolute, join } from 'node:path';
import { BasinError } from '../src-main/contract/errors.ts';
import type { ReadStore, WriteStore } from './store.ts';

/** A checkpoint file that a run can be resumed or forked from. */
export interface CheckpointRow {
  readonly iteration: number;
  /** Relative to the store's folder, so that the folder can be moved ("checkpoints/3/000250.safetensors"). */
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Whether it has the lowest error so far: at most one of a run. */
  readonly best: boolean;
  /** Probe error when it was made; null when there was none, or it was not a number. */
  readonly error: number | null;
  readonly createdAt: number;
}

type StoredCheckpoint = Omit<CheckpointRow, 'best'> & { readonly best: number };

const COLUMNS = 'iteration, file, sha256, bytes, best, error, created_at AS createdAt';
const toCheckpoint = (row: StoredCheckpoint): CheckpointRow => ({ ...row, best: row.best === 1 });

/** Folder of a run's checkpoints, relative to the store's. */
export const checkpointFolder = (run: number): string => `checkpoints/${run}`;

/** Where a checkpoint's file is on this machine. */
export const checkpointPath = (store: ReadStore, { file }: Pick<CheckpointRow, 'file'>): string => join(store.folder, file);

/**
 * Records a checkpoint whose file is complete on the disk. A new best one takes the mark from the old. One of the same
 * iteration is replaced and keeps its mark: a resumed run makes its best checkpoint again without improving on it.
 *
 * @throws BasinError `checkpoint.file` for a path that is not relative to the store's folder; `run.unknown`.
 */
export function addCheckpoint(store: WriteStore, run: number, { iteration, file, sha256, bytes, best, error }: Omit<CheckpointRow, 'createdAt'>): void {
  if (isAbsolute(file) || file.split(/[/\\]/).includes('..')) {
    throw new BasinError('checkpoint.file', `A checkpoint is recorded by its path relative to the store's folder, not as ${JSON.stringify(file)}.`, { kind: 'bug', details: { file } });
  }
  store.transaction(() => {
    if (best) store.write('UPDATE checkpoints SET best = 0 WHERE run = ? AND best = 1', run);
    store.write(
      `INSERT INTO checkpoints (run, iteration, file, sha256, bytes, best, error, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (run, iteration) DO UPDATE SET file = excluded.file, sha256 = excluded.sha256, bytes = excluded.bytes, best = max(best, excluded.best), error = excluded.error, created_at = excluded.created_at`,
      run, iteration, file, sha256, bytes, Number(best), error, Date.now(),
    );
  });
}

/** Oldest first. */
export function listCheckpoints(store: ReadStore, run: number): CheckpointRow[] {
  return store.all<StoredCheckpoint>(`SELECT ${COLUMNS} FROM checkpoints WHERE run = ? ORDER BY iteration`, run).map(toCheckpoint);
}

/** Forgets a checkpoint; its file is the caller's to delete, afterwards. Nothing happens when there is none. */
export function removeCheckpoint(store: WriteStore, run: number, iteration: number): void {
  store.write('DELETE FROM checkpoints WHERE run = ? AND iteration = ?', run, iteration);
}

export function latestCheckpoint(store: ReadStore, run: number): CheckpointRow | undefined {
  const row = store.first<StoredCheckpoint>(`SELECT ${COLUMNS} FROM checkpoints WHERE run = ? ORDER BY iteration DESC LIMIT 1`, run);
  return row && toCheckpoint(row);
}

export function bestCheckpoint(store: ReadStore, run: number): CheckpointRow | undefined {
  const row = store.first<StoredCheckpoint>(`SELECT ${COLUMNS} FROM checkpoints WHERE run = ? AND best = 1`, run);
  return row && toCheckpoint(row);
}
