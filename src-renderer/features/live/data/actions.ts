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

/** What can be asked of a run as it is. */
export function possible(run: Pick<RunSummary, 'status' | 'iteration' | 'iterations'>, details: Pick<RunDetails, 'checkpoints' | 'owner'> | undefined): Possible {
  const here = details?.owner !== 'elsewhere';
  const active = run.status === 'running' || run.status === 'queued';
  const done = run.status === 'finished';
  const hasCheckpoint = (details?.checkpoints.length ?? 0) > 0;
  return {
    stop: active && here,
    checkpoint: run.status === 'running' && here,
    resume: !active && !done && run.status !== 'diverged',
    more: done,
    fork: hasCheckpoint,
    evaluate: hasCheckpoint,
  };
}
