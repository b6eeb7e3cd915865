import { BasinError } from '../contract/errors.ts';
import { bestCheckpoint, latestCheckpoint, listCheckpoints, type CheckpointRow } from '../../db/checkpoints.ts';
import type { RunRow } from '../../db/runs.ts';
import type { ReadStore } from '../../db/open.ts';

/** Which checkpoint of a run: its last, the one with the lowest probe error, or the one of an iteration. */
export type CheckpointChoice = 'last' | 'best' | number;

/** @throws BasinError `checkpoint.none` when the run has none, `checkpoint.unknown` when it has not that one */
export function chooseCheckpoint(store: ReadStore, run: RunRow, choice: CheckpointChoice): CheckpointRow {
  const all = listCheckpoints(store, run.id);
  if (all.length === 0) throw new BasinError('checkpoint.none', `Run ${run.id} (${run.name}) has no checkpoint yet: it is ${run.status} at iteration ${run.iteration}`, { details: { run: run.id } });
  const found = choice === 'last' ? latestCheckpoint(store, run.id) : choice === 'best' ? bestCheckpoint(store, run.id) : all.find(({ iteration }) => iteration === choice);
  if (found) return found;
  const there = all.map(({ iteration }) => iteration).join(', ');
  const missing = choice === 'best' ? 'a best checkpoint (no probe had measured an error when one was made)' : `a checkpoint of iteration ${choice}`;
  throw new BasinError('checkpoint.unknown', `Run ${run.id} (${run.name}) does not have ${missing}; it has checkpoints of iterations ${there}`, { details: { run: run.id, iterations: all.map(({ iteration }) => iteration) } });
}
