import type { RunSummary } from '../../../src-main/contract/api/runs.ts';
import type { RunConfig } from '../../../src-main/contract/config.ts';

export interface Absence {
  readonly title: string;
  readonly text: string;
  /** Whether the run can be asked for a copy now. */
  readonly canCopy: boolean;
  /** Whether there will never be one: replay is off. */
  readonly never: boolean;
}

/** Why there is no copy of a run's replay buffer in the store, and when there will be one. */
export function absence(run: Pick<RunSummary, 'status' | 'iteration' | 'iterations'>, config: Pick<RunConfig, 'replay_capacity' | 'replay_fraction' | 'replay_store_every'>, count: (value: number) => string): Absence {
  const { replay_capacity: capacity, replay_fraction: fraction, replay_store_every: every } = config;
  if (capacity === 0 || fraction === 0) {
    return { title: 'This run has no replay buffer', text: `It was started with ${capacity === 0 ? 'replay_capacity = 0' : 'replay_fraction = 0'}, so every row of every batch is a fresh problem and no answer is kept. Fork it with another value to train with replay.`, canCopy: false, never: true };
  }
  if (run.status === 'queued') return { title: 'This run has not started', text: 'Its replay buffer fills as soon as it trains.', canCopy: false, never: false };
  if (run.status === 'running') {
    const next = every > 0 ? Math.min(run.iterations, (Math.floor(run.iteration / every) + 1) * every) : run.iterations;
    const when = next === run.iterations ? `at its end (iteration ${count(next)})` : `at iteration ${count(next)}`;
    return { title: 'No copy of the buffer yet', text: `The run is at iteration ${count(run.iteration)}; it stores a copy by itself ${when}, and on request without being disturbed.`, canCopy: true, never: false };
  }
  return { title: 'No copy of the buffer was kept', text: `The run ended (${run.status}) before it stored a copy${every > 0 ? ` (one is stored every ${count(every)} iterations)` : ''}. Resume it, and take a copy while it trains.`, canCopy: false, never: false };
}
