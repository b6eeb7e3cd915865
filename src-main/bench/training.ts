import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStoreReadonly } from '../../db/open.ts';
import { readSeries } from '../../db/series.ts';
import type { PresetName, RunConfig } from '../contract/config.ts';
import { BasinError } from '../contract/errors.ts';
import { Workbench } from '../workbench/workbench.ts';

/** Iterations before the figures count: the first has no replayed rows, the next few fill caches. */
const WARM_UP = 4;

/**
 * Milliseconds of each iteration of a real run: trainer process, data, replay, telemetry and store included, from the
 * start of one iteration to the start of the next. The run lives in a folder of its own, deleted afterwards.
 */
export async function trainingTimes(preset: PresetName, changes: Partial<RunConfig>): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'basin-bench-'));
  const workbench = Workbench.open(folder);
  try {
    const { id } = await workbench.start({ preset, changes, engine: { engine: 'compiled', device: 'cpu' } });
    const run = await workbench.finished(id);
    if (run.status !== 'finished') throw new BasinError('bench.run', `A run of the bench ended as ${run.status}: ${run.error?.message ?? 'no reason given'}`, { kind: 'bug' });
    const store = openStoreReadonly(folder);
    const { values } = readSeries(store, id, 'ms');
    store.close();
    return [...values.slice(WARM_UP)];
  } finally {
    workbench.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
