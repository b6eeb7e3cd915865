import type { RunDetails, RunSummary } from '../../../../src-main/contract/api/runs.ts';

export interface Possible {
  readonly stop: boolean;
  readonly checkpoint: boolean;
  readonly resume: boolean;
  /** Has done all its iterations: resuming needs more. */
  readonly more: boolean;
  readonly fork: boolean;
  readonly evaluate: boolean;
}

/** Whether a run that ended is to go on and waits for its turn: until then it has the status that it ended with. */
export const waitsToGoOn = (run: Pick<RunSummary, 'status'>, owner: RunDetails['owner'] | undefined): boolean => owner === 'here' && ['stopped', 'interrupted', 'failed', 'finished'].includes(run.status);

/** What can be asked of a run as it is. */
export function possible(run: Pick<RunSummary, 'status' | 'iteration' | 'iterations'>, details: Pick<RunDetails, 'checkpoints' | 'owner'> | undefined): Possible {
  const here = details?.owner !== 'elsewhere';
  const active = run.status === 'running' || run.status === 'queued';
  const waits = waitsToGoOn(run, details?.owner);
  const done = run.status === 'finished';
  const hasCheckpoint = (details?.checkpoints.length ?? 0) > 0;
  return {
    stop: (active && here) || waits,
    checkpoint: run.status === 'running' && here,
    resume: !active && !waits && !done && run.status !== 'diverged',
    more: done && !waits,
    fork: hasCheckpoint,
    evaluate: hasCheckpoint,
  };
}
