import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { BasinError } from '../contract/errors.ts';
import { checkpointFolder } from '../../db/checkpoints.ts';
import type { WriteStore } from '../../db/open.ts';
import { deleteRun, hiddenBefore } from '../../db/runs.ts';

/** A deleted run can be brought back for at least so long, ms. */
const UNDO_MS = 3_600_000;
/** Between two runs: a start is not held up by what was deleted long ago, nor are those who train. */
const PAUSE_MS = 20;

/**
 * Deletes for good, one after another, the runs that were deleted more than an hour ago, and their checkpoint files. What cannot be
 * deleted now (the disk is full, the store is busy) is left for the next start.
 *
 * @returns numbers of those that are gone
 */
export async function purge(store: WriteStore, { signal, before = Date.now() - UNDO_MS }: { readonly signal: AbortSignal; readonly before?: number }): Promise<number[]> {
  const gone: number[] = [];
  try {
    for (const id of hiddenBefore(store, before)) {
      await wait(PAUSE_MS, undefined, { signal, ref: false });
      deleteRun(store, id);
      // Files after rows: a folder that no row names is only space.
      rmSync(join(store.folder, checkpointFolder(id)), { recursive: true, force: true });
      gone.push(id);
    }
  } catch (error) {
    if (!signal.aborted && !(error instanceof BasinError) && (error as NodeJS.ErrnoException).code === undefined) throw error;
  }
  return gone;
}
