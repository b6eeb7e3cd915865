import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { addCheckpoint, checkpointFolder, checkpointPath, listCheckpoints, removeCheckpoint, type CheckpointRow } from '../../db/checkpoints.ts';
import { transaction, type ReadStore, type WriteStore } from '../../db/open.ts';
import { BasinError } from '../contract/errors.ts';
import { readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint-file.ts';
import type { ReplayState } from './replay-columns.ts';

/** Path of a checkpoint's file, relative to the store's folder. */
export const checkpointFile = (run: number, iteration: number): string => `${checkpointFolder(run)}/${String(iteration).padStart(8, '0')}.safetensors`;

/** A checkpoint that was read, and the row that names it. */
export interface Loaded {
  readonly row: CheckpointRow;
  readonly checkpoint: Checkpoint;
}

/**
 * Reads a run's checkpoint and verifies it by its hash.
 *
 * @param iteration the latest one when left out
 * @throws BasinError `checkpoint.missing` when there is none; `checkpoint.corrupt` for a damaged file: the message names
 *   it and the newest good checkpoint before it (`details.good`, an iteration, where there is one)
 */
export function loadCheckpoint(store: ReadStore, run: number, iteration?: number): Loaded {
  const rows = listCheckpoints(store, run);
  const row = iteration === undefined ? rows.at(-1) : rows.find((candidate) => candidate.iteration === iteration);
  if (!row) {
    const which = rows.length === 0 ? 'It has none yet.' : `It has: ${rows.map((each) => each.iteration).join(', ')}.`;
    throw new BasinError('checkpoint.missing', `Run ${run} has no checkpoint${iteration === undefined ? '' : ` of iteration ${iteration}`}. ${which}`, { details: { run } });
  }
  try {
    return { row, checkpoint: readCheckpoint(checkpointPath(store, row), row.sha256) };
  } catch (cause) {
    if (!(cause instanceof BasinError)) throw cause;
    const good = newestGood(store, rows.filter((each) => each.iteration < row.iteration))?.row;
    const advice = good ? `The newest good checkpoint before it is that of iteration ${good.iteration}, ${checkpointPath(store, good)}.` : 'There is no good checkpoint before it.';
    throw new BasinError(cause.code, `${cause.message}. ${advice}`, { kind: cause.kind, details: { ...cause.details, run, iteration: row.iteration, ...(good ? { good: good.iteration } : {}) }, cause });
  }
}

/** The last of these rows whose file is whole. */
function newestGood(store: ReadStore, rows: readonly CheckpointRow[]): Loaded | undefined {
  for (const row of rows.toReversed()) {
    try {
      return { row, checkpoint: readCheckpoint(checkpointPath(store, row), row.sha256) };
    } catch (error) {
      if (!(error instanceof BasinError)) throw error;
    }
  }
  return undefined;
}

/**
 * The checkpoint that a run goes on from: its latest good one, undefined when it has none. Damaged ones after it are
 * forgotten, their files kept beside it as `….corrupt`, and leftovers of a killed process are cleared away.
 *
 * @param warn told of each damaged checkpoint and its iteration
 * @throws BasinError `checkpoint.corrupt` when there are checkpoints and none is good; nothing is changed then
 */
export function resumePoint(store: WriteStore, run: number, warn: (message: string, iteration: number) => void): Loaded | undefined {
  const rows = listCheckpoints(store, run);
  let loaded: Loaded | undefined;
  try {
    loaded = rows.length > 0 ? loadCheckpoint(store, run) : undefined;
  } catch (error) {
    loaded = error instanceof BasinError ? newestGood(store, rows.slice(0, -1)) : undefined;
    if (!loaded) throw error;
    for (const row of rows.filter(({ iteration }) => iteration > loaded!.row.iteration)) {
      const path = checkpointPath(store, row);
      removeCheckpoint(store, run, row.iteration);
      if (existsSync(path)) renameSync(path, `${path}.corrupt`);
      warn(`The checkpoint of iteration ${row.iteration} is damaged: training goes on from iteration ${loaded.row.iteration}. The file was kept as ${path}.corrupt`, row.iteration);
    }
  }
  clearLeftovers(store, run, loaded?.row.iteration ?? -1);
  return loaded;
}

/** Removes half-written files, and files up to `iteration` that were to be deleted when their process was killed. */
function clearLeftovers(store: ReadStore, run: number, iteration: number): void {
  const folder = join(store.folder, checkpointFolder(run));
  if (!existsSync(folder)) return;
  const named = new Set(listCheckpoints(store, run).map(({ file }) => file));
  for (const name of readdirSync(folder)) {
    const [, number, temporary] = /^(\d{8})\.safetensors(\..*\.tmp)?$/.exec(name) ?? [];
    if (number === undefined) continue;
    if (temporary !== undefined || (Number(number) <= iteration && !named.has(`${checkpointFolder(run)}/${name}`))) rmSync(join(folder, name), { force: true });
  }
}

/**
 * Writes a run's checkpoints while training goes on, one at a time. A row is added when its file is complete and a
 * file is deleted after its row, so that at every moment each row names a whole file.
 */
export class CheckpointWriter {
  /** Arrays of the last written checkpoint's buffer, for the next one. */
  spare: ReplayState | undefined;
  private readonly store: WriteStore;
  private readonly run: number;
  private readonly keep: number;
  private readonly written: (row: Pick<CheckpointRow, 'iteration' | 'file' | 'best'>) => void;
  private writing: Promise<void> = Promise.resolve();
  private failure: { readonly error: unknown } | undefined;

  /** @param keep how many of the last checkpoints stay; the best one always does */
  constructor(store: WriteStore, run: number, keep: number, written: (row: Pick<CheckpointRow, 'iteration' | 'file' | 'best'>) => void) {
    this.store = store;
    this.run = run;
    this.keep = keep;
    this.written = written;
  }

  /** @throws what an earlier write failed with */
  check(): void {
    if (this.failure) throw this.failure.error;
  }

  /** Waits until nothing is being written. @throws what a write failed with: BasinError `file.*`, `store.*` */
  async idle(): Promise<void> {
    await this.writing;
    this.check();
  }

  /** Begins to write; call when idle. @param error probe error of this checkpoint, null when not measured or not finite */
  begin(checkpoint: Checkpoint, error: number | null): void {
    this.writing = this.write(checkpoint, error).catch((thrown: unknown) => {
      this.failure = { error: thrown };
    });
  }

  private async write(checkpoint: Checkpoint, error: number | null): Promise<void> {
    const { iteration } = checkpoint;
    const file = checkpointFile(this.run, iteration);
    const { sha256, bytes } = await writeCheckpoint(join(this.store.folder, file), checkpoint);
    this.spare = checkpoint.replay;
    const removed = transaction(this.store, () => {
      const others = listCheckpoints(this.store, this.run).filter((row) => row.iteration !== iteration);
      const best = error !== null && others.every((row) => row.error === null || error < row.error);
      addCheckpoint(this.store, this.run, { iteration, file, sha256, bytes, best, error });
      const surplus = listCheckpoints(this.store, this.run).slice(0, -this.keep).filter((row) => !row.best);
      for (const row of surplus) removeCheckpoint(this.store, this.run, row.iteration);
      return { surplus, best };
    });
    for (const row of removed.surplus) rmSync(checkpointPath(this.store, row), { force: true });
    this.written({ iteration, file, best: removed.best });
  }
}
