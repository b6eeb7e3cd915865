import { readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkpointFolder, checkpointPath, listCheckpoints } from '../../db/checkpoints.ts';
import type { WriteStore } from '../../db/open.ts';
import { listProbes } from '../../db/probes.ts';
import { readReplayColumns } from '../../db/replay.ts';
import { reconcileRuns } from '../../db/run-life.ts';
import { getRun } from '../../db/runs.ts';
import { listMetrics, readSeries } from '../../db/series.ts';
import { createRng } from '../../src-main/tasks/rng.ts';
import { readCheckpoint } from '../../src-main/trainer/checkpoint-file.ts';
import { launch, newRun, small, type TrainerProgram } from './trainer-program.ts';
import { temporaryStore } from '../support/temporary-store.ts';

/** Kills the process without warning. */
async function kill(trainer: TrainerProgram): Promise<void> {
  trainer.child.kill('SIGKILL');
  expect(await trainer.gone()).toBe('SIGKILL');
}

/** Lets a run go on until it ends by itself. */
async function finish(store: WriteStore, run: number): Promise<void> {
  const trainer = launch(store, run);
  expect(await trainer.gone()).toBe(0);
  expect(trainer.ended).toMatchObject({ status: 'finished' });
}

/** All that two runs of one configuration must share, whatever happened to them on the way. */
function expectSame(store: WriteStore, run: number, whole: number): void {
  const last = (id: number) => listCheckpoints(store, id).at(-1)!;
  const [ours, theirs] = [run, whole].map((id) => readCheckpoint(checkpointPath(store, last(id)), last(id).sha256));
  for (const [name, values] of Object.entries(theirs!.state.values)) expect(Buffer.from(ours!.state.values[name]!.buffer, ours!.state.values[name]!.byteOffset, values.byteLength).equals(Buffer.from(values.buffer, values.byteOffset, values.byteLength)), name).toBe(true);
  // Parameters, moments, buffer with order and lineage, configuration: the same bytes.
  expect(last(run).sha256).toBe(last(whole).sha256);
  for (const { metric, count, last: end } of listMetrics(store, whole).filter((each) => !['ms', 'cpu', 'memory'].includes(each.metric))) {
    expect(readSeries(store, run, metric), metric).toEqual(readSeries(store, whole, metric));
    expect(count).toBe(metric === 'loss/replayed' ? end - 1 : end);
  }
  expect(listProbes(store, run)).toEqual(listProbes(store, whole));
  expect(readReplayColumns(store, run)).toEqual({ ...readReplayColumns(store, whole), storedAt: expect.any(Number) as number });
}

describe('a run killed with SIGKILL and resumed ends bit for bit like one left alone', () => {
  test('killed at four random moments; at most a second of metrics is lost each time', async () => {
    const store = temporaryStore();
    const config = small({ iterations: 3000, checkpoint_every: 170, probe_every: 150, replay_store_every: 400 });
    const whole = newRun(store, config);
    await finish(store, whole);

    const run = newRun(store, config);
    const chance = createRng(Date.now(), 'moments');
    // After it has begun, and so long before its end that a late kill still finds it training.
    const moments = [0, 1, 2, 3].map((i) => 1 + i * 600 + chance.integer(600));
    for (const moment of moments) {
      const trainer = launch(store, run);
      await trainer.until(() => trainer.last >= moment);
      const killedAt = performance.now();
      await kill(trainer);
      const told = trainer.events.flatMap(({ at, event }) => (event.type === 'metrics' && at < killedAt - 1000 ? [event.last] : []));
      const stored = readSeries(store, run, 'loss').count;
      expect(stored, `killed at iteration ${trainer.last}, moments ${moments.join(', ')}`).toBeGreaterThanOrEqual(Math.max(0, ...told));
      expect(reconcileRuns(store)).toEqual([run]);
      expect(getRun(store, run).status).toBe('interrupted');
    }
    await finish(store, run);
    expectSame(store, run, whole);
  });

  test('killed in the middle of writing a checkpoint', async () => {
    const store = temporaryStore();
    // A buffer of 30 MB: there is time to be caught while writing.
    const config = small({ iterations: 400, rank: 5, replay_capacity: 60_000, batch: 512, hidden: 8, steps: 2, checkpoint_every: 80 });
    const whole = newRun(store, config);
    await finish(store, whole);

    const run = newRun(store, config);
    const folder = join(store.folder, checkpointFolder(run));
    for (const count of [1, 2]) {
      const trainer = launch(store, run);
      await trainer.until(() => listCheckpoints(store, run).length >= count);
      const caught = new Promise<void>((resolve) => {
        const watcher = watch(folder, (_, name) => {
          if (!name?.endsWith('.tmp')) return;
          watcher.close();
          resolve();
        });
      });
      await Promise.race([caught, trainer.gone()]);
      await kill(trainer);
      expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toHaveLength(1);
    }
    await finish(store, run);
    expectSame(store, run, whole);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(listCheckpoints(store, run).map(({ file }) => file.split('/').at(-1)));
  });
});
