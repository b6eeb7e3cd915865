import type { RunConfig } from './config.ts';

/**
 * Rows that are replayed beside a configuration's fresh ones, so that they are the share f of the whole batch:
 * f/(1 − f) · fresh. 0 where replay is off.
 */
export function replayedRows({ batch, replay_fraction: f, replay_capacity: capacity }: Pick<RunConfig, 'batch' | 'replay_fraction' | 'replay_capacity'>): number {
  return capacity === 0 ? 0 : Math.round((batch * f) / (1 - f));
}
