import type { RunSummary } from '../../../src-main/contract/api/runs.ts';
import { openStoreReadonly } from '../../../db/open.ts';
import { getRun } from '../../../db/runs.ts';
import { connect } from '../../support/connect.ts';
import type { Served } from '../../support/served.ts';

/** Needs no trying out. */
const ENGINE = { engine: 'compiled', device: 'cpu' } as const;

/** Settings of a small run: iterations of less than a millisecond, a probe and a checkpoint every 500 of them. */
export const SMALL = { rank: 2, hidden: 64, depth: 2, batch: 32, steps: 10, step_size: 1, replay_capacity: 256, probe_problems: 8, probe_steps: 20, probe_every: 500, checkpoint_every: 500, replay_store_every: 500, learning_rate: 0.001 } as const;

/** Huge steps through the whole walk: the gradient is not a finite number at the third iteration. */
export const DIVERGING = { iterations: 500, depth: 4, step_size: 1_000_000, learning_rate: 1, backprop: 'full', checkpoint_every: 1 } as const;

/** Starts runs as a page would, where the form is not what is tested. */
export async function startRuns(served: Served, changes: Readonly<Record<string, string | number | boolean>>, { seeds = [1], name }: { readonly seeds?: number[]; readonly name?: string } = {}): Promise<RunSummary[]> {
  const client = await connect(served.url);
  const { runs } = await client.request('runs.start', { changes: { ...SMALL, ...changes }, seeds, tags: [], engine: ENGINE, ...(name === undefined ? {} : { name }) });
  client.close();
  return runs;
}

/** The process that trains a run. */
export function trainerOf(data: string, run: number): number {
  const store = openStoreReadonly(data);
  try {
    const { pid } = getRun(store, run);
    if (pid === null) throw new Error(`run ${run} has no process`);
    return pid;
  } finally {
    store.close();
  }
}
