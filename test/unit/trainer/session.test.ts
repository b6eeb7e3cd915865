import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addCheckpoint, listCheckpoints } from '../../../db/checkpoints.ts';
import { readLog } from '../../../db/log.ts';
import type { WriteStore } from '../../../db/open.ts';
import { listProbes } from '../../../db/probes.ts';
import { readReplayColumns } from '../../../db/replay.ts';
import { claimRun } from '../../../db/run-life.ts';
import { getRun } from '../../../db/runs.ts';
import { listMetrics, readSeries } from '../../../db/series.ts';
import type { RunConfig } from '../../../src-main/contract/config.ts';
import { resolveConfig } from '../../../src-main/contract/settings.ts';
import { writeCheckpoint } from '../../../src-main/trainer/checkpoint-file.ts';
import { checkpointFile } from '../../../src-main/trainer/checkpoints.ts';
import { sampleCheckpoint } from './sample-checkpoint.ts';
import { checkpointOf, COMPILED, EAGER, newRun, tiny, trainHere, type Trained } from './sandbox.ts';
import { temporaryStore } from '../../support/temporary-store.ts';

/** Trains a new run and gives its last checkpoint's hash: two runs with the same hash ended bit for bit alike, buffer and all. */
async function hashOf(changes: Partial<RunConfig>, engine = COMPILED): Promise<string> {
  const store = temporaryStore();
  const run = newRun(store, tiny(changes), engine);
  const { row } = await trainHere(store, run);
  expect(row).toMatchObject({ status: 'finished', error: null });
  return listCheckpoints(store, run).at(-1)!.sha256;
}

/** As `hashOf`, of three iterations as large as the quick preset's: large enough for a second thread to be worth it. */
async function hashOfQuick(sparing: boolean): Promise<string> {
  const store = temporaryStore();
  const run = newRun(store, resolveConfig({ iterations: 3, checkpoint_every: 3, probe_every: 3 }, 'quick'), COMPILED);
  const { row } = await trainHere(store, run, undefined, { sparing });
  expect(row).toMatchObject({ status: 'finished', error: null });
  return listCheckpoints(store, run).at(-1)!.sha256;
}

/** As `hashOf`, but of the tensors alone: configurations that differ are compared. */
async function tensorsOf(changes: Partial<RunConfig>) {
  const store = temporaryStore();
  const run = newRun(store, tiny(changes));
  await trainHere(store, run);
  const { state, replay } = checkpointOf(store, run);
  return { state, replay };
}

/** Stops a run after the iteration `at`. */
const stopAfter = (store: WriteStore, run: number, at: number): Promise<Trained> =>
  trainHere(store, run, (event, control) => {
    if (event.type === 'checkpoint' && event.iteration >= at) control.receive({ type: 'stop' });
  });

/** What the workbench does for a fork: the parent's file becomes the new run's first checkpoint. */
function fork(store: WriteStore, parent: number, iteration: number, changes: Partial<RunConfig>): number {
  const run = newRun(store, { ...getRun(store, parent).config, ...changes }, COMPILED, { parentRun: parent, parentIteration: iteration });
  const row = listCheckpoints(store, parent).find((each) => each.iteration === iteration)!;
  const file = checkpointFile(run, iteration);
  mkdirSync(dirname(join(store.folder, file)), { recursive: true });
  copyFileSync(join(store.folder, row.file), join(store.folder, file));
  addCheckpoint(store, run, { ...row, file });
  return run;
}

test('a run that spares processors goes bit for bit as one that takes them all: it may go on without being watched', async () => {
  expect(await hashOfQuick(true)).toBe(await hashOfQuick(false));
});

describe('a finished run', () => {
  test('has its metrics, probes, checkpoints and buffer in the store', async () => {
    const store = temporaryStore();
    const run = newRun(store, tiny({ probe_every: 5, checkpoint_every: 4, replay_store_every: 6 }));
    const { row, events } = await trainHere(store, run);
    expect(row).toMatchObject({ status: 'finished', iteration: 12, pid: null, error: null });
    expect(events.at(0)).toEqual({ type: 'ready', engine: 'compiled', device: 'cpu', parameters: 12 * 8 + 8 + 8 * 8 + 8 + 8 + 1, iteration: 0 });
    expect(events.at(-1)).toEqual({ type: 'ended', status: 'finished', iteration: 12 });

    const summaries = Object.fromEntries(listMetrics(store, run).map(({ metric, first, last, count }) => [metric, [first, last, count]]));
    for (const name of ['loss', 'loss/fresh', 'energy/0', 'energy/3', 'answer_change', 'gradient_norm', 'ms']) expect(summaries[name], name).toEqual([1, 12, 12]);
    expect(summaries['loss/replayed']).toEqual([2, 12, 11]);
    expect(Object.keys(summaries)).not.toContain('energy/4');

    expect(listProbes(store, run).map(({ iteration, difficulty }) => `${iteration} ${difficulty}`).sort()).toEqual(['10 harder', '10 same', '12 harder', '12 same', '5 harder', '5 same']);
    expect(listCheckpoints(store, run).map(({ iteration, error }) => [iteration, error !== null])).toEqual([[4, true], [8, true], [12, true]]);
    expect(readReplayColumns(store, run)).toMatchObject({ iteration: 12, count: 40 });
    expect(row.lastLoss).toBe(readSeries(store, run, 'loss').values.at(-1));
  });

  test('told its owner every number that it stored', async () => {
    const store = temporaryStore();
    const run = newRun(store, tiny({ iterations: 60 }));
    const { events } = await trainHere(store, run);
    const told = events.flatMap((event) => (event.type === 'metrics' ? event.series : [])).filter(({ metric }) => metric === 'gradient_norm');
    expect(told.flatMap(({ values }) => [...values])).toEqual([...readSeries(store, run, 'gradient_norm').values]);
  });

  test('learns: the loss of fresh problems falls', async () => {
    const store = temporaryStore();
    const run = newRun(store, tiny({ iterations: 400, batch: 64, hidden: 32, step_size: 10, learning_rate: 3e-3, replay_capacity: 500 }));
    await trainHere(store, run);
    const loss = readSeries(store, run, 'loss/fresh').values;
    const average = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;
    expect(average(loss.slice(-20)) / average(loss.slice(0, 20))).toBeLessThan(0.3);
  });
});

describe.each([COMPILED, EAGER])('on $engine/$device', (engine) => {
  test('the same seed gives the same run, another seed another one', async () => {
    expect(await hashOf({}, engine)).toBe(await hashOf({}, engine));
    expect(await hashOf({ seed: 5 }, engine)).not.toBe(await hashOf({}, engine));
  });
});

describe('training is the same', () => {
  test('with and without probes, checkpoints and copies of the buffer', async () => {
    const plain = await tensorsOf({});
    // As many problems as rows of a batch, so that probes and training share the engine's room for them.
    expect(await tensorsOf({ probe_every: 2, probe_problems: 12, checkpoint_every: 3, replay_store_every: 4 })).toEqual(plain);
  });

  test.each<[string, Partial<RunConfig>]>([
    ['as released', {}],
    ['without replay', { replay_fraction: 0 }],
    ['with more replay than fresh rows and a ring smaller than a batch', { replay_fraction: 0.75, replay_capacity: 10 }],
    ['with full backprop', { backprop: 'full' }],
    ['with random steps', { steps_min: 1 }],
    ['with Langevin noise', { langevin_noise: 0.05 }],
    ['with a learned λ', { learnable_step_size: true }],
    ['with clipping', { gradient_clip: 0.01 }],
  ])('stopped and resumed as uninterrupted, %s', async (_, changes) => {
    const store = temporaryStore();
    const config = tiny({ ...changes, checkpoint_every: 4, probe_every: 3 });
    const whole = newRun(store, config);
    await trainHere(store, whole);
    const parted = newRun(store, config);
    const { row } = await stopAfter(store, parted, 4);
    expect(row.status).toBe('stopped');
    expect(row.iteration).toBeGreaterThanOrEqual(4);
    expect(row.iteration).toBeLessThan(12);
    expect(readReplayColumns(store, parted).iteration).toBe(config.replay_fraction === 0 ? null : row.iteration);
    expect((await trainHere(store, parted)).row.status).toBe('finished');

    const [a, b] = [whole, parted].map((run) => listCheckpoints(store, run).at(-1)!.sha256);
    expect(b).toBe(a);
    for (const { metric } of listMetrics(store, whole).filter((each) => !['ms', 'cpu', 'memory'].includes(each.metric))) {
      expect(readSeries(store, parted, metric), metric).toEqual(readSeries(store, whole, metric));
    }
    expect(listProbes(store, parted)).toEqual(listProbes(store, whole));
  });
});

test('random numbers of steps are recorded, with energies as far as each iteration went', async () => {
  const store = temporaryStore();
  const run = newRun(store, tiny({ steps_min: 1, iterations: 30 }));
  await trainHere(store, run);
  const steps = readSeries(store, run, 'steps').values;
  expect(new Set(steps)).toEqual(new Set([1, 2, 3]));
  const long = [...steps].flatMap((n, i) => (n === 3 ? [i + 1] : []));
  expect([...(readSeries(store, run, 'energy/3').iterations as Float64Array)]).toEqual(long);
});

describe('commands', () => {
  test('a checkpoint may be asked for at any time', async () => {
    const store = temporaryStore();
    const run = newRun(store, tiny({ iterations: 200, checkpoint_keep: 100 }));
    const { events } = await trainHere(store, run, (event, control) => {
      if (event.type === 'ready') control.receive({ type: 'checkpoint' });
    });
    expect(events.filter(({ type }) => type === 'checkpoint')).toHaveLength(2);
    expect(listCheckpoints(store, run).map(({ iteration }) => iteration)).toEqual([1, 200]);
  });

  test('a copy of the buffer is stored when it is asked for, at the next safe point', async () => {
    const store = temporaryStore();
    const run = newRun(store, tiny({ iterations: 200 }));
    let stored: number | null = null;
    const { events } = await trainHere(store, run, (event, control) => {
      if (event.type === 'ready') control.receive({ type: 'replay' });
      if (event.type === 'replay') stored ??= readReplayColumns(store, run).iteration;
    });
    expect(events.filter(({ type }) => type === 'replay')).toEqual([{ type: 'replay', iteration: 1 }, { type: 'replay', iteration: 200 }]);
    expect(stored).toBe(1);
  });

  test('who asks for a checkpoint and a copy of the buffer in the last iteration is answered', async () => {
    const store = temporaryStore();
    const run = newRun(store, tiny({ iterations: 5 }));
    let asked = false;
    const { events } = await trainHere(store, run, (event, control) => {
      // The last checkpoint is written by now: nothing is due any more.
      if (event.type === 'checkpoint' && !asked) {
        asked = true;
        control.receive({ type: 'checkpoint' });
        control.receive({ type: 'replay' });
      }
    });
    expect(events.filter(({ type }) => type === 'checkpoint')).toHaveLength(2);
    expect(events.filter(({ type }) => type === 'replay')).toHaveLength(2);
  });
  test('a run stopped before its first iteration loses nothing', async () => {
    const store = temporaryStore();
    const run = newRun(store, tiny());
    const { row } = await trainHere(store, run, (event, control) => {
      if (event.type === 'ready') control.receive({ type: 'stop' });
    });
    expect(row).toMatchObject({ status: 'stopped', iteration: 0 });
    expect((await trainHere(store, run)).row.status).toBe('finished');
  });

  test('resuming a finished run changes nothing', async () => {
    const store = temporaryStore();
    const run = newRun(store, tiny({ probe_every: 4 }));
    await trainHere(store, run);
    const before = listCheckpoints(store, run);
    expect((await trainHere(store, run)).row).toMatchObject({ status: 'finished', iteration: 12 });
    expect(listCheckpoints(store, run)).toEqual(before);
  });
});

describe('a fork', () => {
  test('with no change goes on as its parent did: weights, moments, buffer and random numbers come along', async () => {
    const store = temporaryStore();
    const parent = newRun(store, tiny({ checkpoint_every: 6 }));
    await trainHere(store, parent);
    const child = fork(store, parent, 6, {});
    const { events } = await trainHere(store, child);
    expect(events.find(({ type }) => type === 'ready')).toMatchObject({ iteration: 6 });
    const [a, b] = [parent, child].map((run) => checkpointOf(store, run, 12));
    expect(b).toEqual(a);
  });

  test('uses its changed settings from there on', async () => {
    const store = temporaryStore();
    const parent = newRun(store, tiny({ checkpoint_every: 6 }));
    await trainHere(store, parent);
    const child = fork(store, parent, 6, { learning_rate: 1e-4, replay_capacity: 20, iterations: 20, steps: 5, step_size: 2, batch: 9 });
    expect((await trainHere(store, child)).row).toMatchObject({ status: 'finished', iteration: 20 });
    const { state, replay } = checkpointOf(store, child);
    expect(state).not.toEqual(checkpointOf(store, parent).state);
    expect(replay!.living.columns.uid).toHaveLength(20);
    expect(readSeries(store, child, 'energy/5').iterations).toEqual({ first: 7 });
  });

  test('whose network is another one is refused, and says why', async () => {
    const store = temporaryStore();
    const parent = newRun(store, tiny());
    await trainHere(store, parent);
    const { row } = await trainHere(store, fork(store, parent, 12, { hidden: 16 }));
    expect(row).toMatchObject({ status: 'failed', error: { code: 'checkpoint.mismatch' } });
  });
});

describe('divergence', () => {
  const last = (store: WriteStore, run: number, name: string, iteration: number) => readSeries(store, run, name, { from: iteration }).values;

  test('of the training ends the run and names iteration and last good checkpoint; nothing later is saved', async () => {
    const store = temporaryStore();
    const parent = newRun(store, tiny({ checkpoint_every: 6, depth: 8 }));
    await trainHere(store, parent);
    const run = fork(store, parent, 6, { step_size: 1e6, learning_rate: 1, iterations: 500, checkpoint_every: 1 });
    const { row, events } = await trainHere(store, run);
    const { iteration, divergence } = row;
    expect(row.status).toBe('diverged');
    expect(iteration).toBeGreaterThan(6);
    expect(iteration).toBeLessThan(500);
    expect(divergence).toEqual({ iteration, step: -1, quantity: 'gradient', checkpoint: iteration - 1 });
    expect(events.at(-1)).toEqual({ type: 'ended', status: 'diverged', iteration, divergence });
    expect(listCheckpoints(store, run).at(-1)!.iteration).toBe(iteration - 1);
    const log = readLog(store, run).find(({ level }) => level === 'error')!.message;
    expect(log).toContain(`iteration ${iteration}, the gradient`);
    expect(log).toContain(`checkpoint is that of iteration ${iteration - 1}`);

    // The numbers of the last iteration are kept as they were.
    expect(last(store, run, 'gradient_norm', iteration).map((value) => Number(Number.isFinite(value)))).toEqual(Float64Array.of(0));
    for (const value of Object.values(checkpointOf(store, run).state.values)) expect(value.every(Number.isFinite)).toBe(true);
  });

  test('of the reasoning names the update at which the energy was lost', async () => {
    const store = temporaryStore();
    const run = newRun(store, tiny({ step_size: 1e6 }));
    // Weights at which E is about 1e27 and finite, and y after one update too large for another.
    const { config, state, replay } = sampleCheckpoint(3, getRun(store, run).config);
    for (const name of Object.keys(state.values).filter((each) => each.startsWith('fc'))) state.values[name] = state.values[name]!.map((weight) => weight * 1e9);
    const file = checkpointFile(run, 3);
    const written = await writeCheckpoint(join(store.folder, file), { iteration: 3, config, state, replay: replay! });
    addCheckpoint(store, run, { iteration: 3, file, ...written, best: false, error: null });

    const { row } = await trainHere(store, run);
    expect(row).toMatchObject({ status: 'diverged', iteration: 4, divergence: { iteration: 4, step: 1, quantity: 'energy', checkpoint: 3 } });
    expect(last(store, run, 'energy/0', 4).map((value) => Number(Number.isFinite(value)))).toEqual(Float64Array.of(1));
    expect(last(store, run, 'energy/1', 4).map((value) => Number(Number.isFinite(value)))).toEqual(Float64Array.of(0));
    expect(readLog(store, run).at(-1)!.message).toContain('iteration 4, the energy after update 1');
  });

  test('before the first checkpoint leaves none to name', async () => {
    const store = temporaryStore();
    const run = newRun(store, tiny({ depth: 16, hidden: 64, step_size: 1e6, learning_rate: 1, iterations: 500 }));
    const { row } = await trainHere(store, run);
    expect(row.status).toBe('diverged');
    expect(row.divergence).not.toHaveProperty('checkpoint');
    expect(listCheckpoints(store, run)).toEqual([]);
  });
});

describe('a failure is told, and what was stored stays', () => {
  test('a run that another process owns is left alone', async () => {
    const store = temporaryStore();
    const run = newRun(store, tiny());
    claimRun(store, run, process.ppid);
    const { row, events } = await trainHere(store, run);
    expect(events).toEqual([{ type: 'ended', status: 'failed', iteration: 0, error: expect.objectContaining({ code: 'run.busy' }) }]);
    expect(row).toMatchObject({ status: 'running', pid: process.ppid });
  });

  test('a data file that is not there', async () => {
    const store = temporaryStore();
    const { row } = await trainHere(store, newRun(store, tiny({ task: 'dataset', data: join(store.folder, 'gone.npz') })));
    expect(row.status).toBe('failed');
    expect(row.error!.message).toContain('gone.npz');
  });

  test('losing the run to someone else ends the training', async () => {
    const store = temporaryStore();
    const run = newRun(store, tiny({ iterations: 1_000_000 }));
    const { events } = await trainHere(store, run, (event) => {
      if (event.type === 'metrics') store.write('UPDATE runs SET pid = ? WHERE id = ?', process.ppid, run);
    });
    expect(events.at(-1)).toMatchObject({ status: 'failed', error: { code: 'run.lost' } });
  });

  test('a damaged latest checkpoint: training goes on from the one before and ends as it would have', async () => {
    const store = temporaryStore();
    const run = newRun(store, tiny({ checkpoint_every: 4, iterations: 40, checkpoint_keep: 50 }));
    await stopAfter(store, run, 12);
    const rows = listCheckpoints(store, run);
    copyFileSync(join(store.folder, rows.at(-2)!.file), join(store.folder, rows.at(-1)!.file));
    const { events } = await trainHere(store, run);
    expect(events.find((event) => event.type === 'log' && event.level === 'warning')).toMatchObject({ message: expect.stringContaining(`${rows.at(-1)!.file}.corrupt`) });
    expect(events.find(({ type }) => type === 'ready')).toMatchObject({ iteration: rows.at(-2)!.iteration });
    expect(listCheckpoints(store, run).at(-1)!.sha256).toBe(await hashOf({ checkpoint_every: 4, iterations: 40, checkpoint_keep: 50 }));
  });
});
