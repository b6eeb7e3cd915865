import { setTimeout as wait } from 'node:timers/promises';
import { BasinError } from '../contract/errors.ts';
import type { WriteStore } from '../../db/open.ts';
import { getRun, reconcileRuns, type RunRow } from '../../db/runs.ts';

/** How long is waited for a trainer that another process started, ms. */
const PATIENCE = 120_000;
const POLL = 100;

/**
 * Has a run stopped that a process trains which is not this one's. @returns its row then
 *
 * @throws BasinError `stop.permission` when the process is another user's, `stop.timeout` when it does not end in time
 */
export async function stopElsewhere(store: WriteStore, run: RunRow, pid: number): Promise<RunRow> {
  try {
    process.kill(pid, 'SIGTERM');
  } catch (cause) {
    // A process that is gone by now is what was wanted.
    if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw new BasinError('stop.permission', `Run ${run.id} (${run.name}) runs in process ${pid}, which belongs to another user: only that user can stop it`, { kind: 'operational', details: { pid }, cause });
  }
  const patience = Date.now() + PATIENCE;
  do {
    reconcileRuns(store);
    const now = getRun(store, run.id);
    if (now.status !== 'running') return now;
    await wait(POLL);
  } while (Date.now() < patience);
  throw new BasinError('stop.timeout', `Run ${run.id} (${run.name}) was asked to stop ${PATIENCE / 1000} s ago and still runs in process ${pid}: end that process if it hangs; the run keeps its last checkpoint`, { kind: 'operational', details: { pid } });
}
