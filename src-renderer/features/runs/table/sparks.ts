import { shallowRef, triggerRef } from 'vue';
import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { request } from '../../../connection/client.ts';

interface Spark {
  /** Iteration of the run when it was read. */
  readonly iteration: number;
  readonly values: Float64Array;
}

const POINTS = 48;
/** Rows that scroll past are not asked for. */
const SETTLE_MS = 120;
/** A running run's curve grows by at least this share before it is read again. */
const WORTH = 0.02;
const KEPT = 2000;

/** Small loss curves of the rows in sight, read in one request after scrolling settles, and kept. */
export function useSparks() {
  const known = shallowRef(new Map<number, Spark>());
  const reading = new Set<number>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const stale = (run: RunSummary): boolean => {
    const spark = known.value.get(run.id);
    return run.iteration > 0 && !reading.has(run.id) && (!spark || (spark.iteration !== run.iteration && (run.status !== 'running' || run.iteration - spark.iteration > WORTH * run.iterations)));
  };

  /** Tells which rows are in sight. */
  function see(runs: readonly RunSummary[]): void {
    clearTimeout(timer);
    timer = setTimeout(() => void read(runs.filter(stale)), SETTLE_MS);
  }

  async function read(runs: readonly RunSummary[]): Promise<void> {
    if (runs.length === 0) return;
    for (const { id } of runs) reading.add(id);
    try {
      const { series } = await request('series.read', { queries: runs.map(({ id }) => ({ run: id, metric: 'loss' })), points: POINTS });
      for (const { run, values } of series) known.value.set(run, { iteration: runs.find(({ id }) => id === run)!.iteration, values });
      for (const id of known.value.keys()) if (known.value.size > KEPT) known.value.delete(id);
      triggerRef(known);
    } catch {
      // Decoration only: the table stays right without it, and the next row in sight asks again.
    } finally {
      for (const { id } of runs) reading.delete(id);
    }
  }

  return { known, see };
}
