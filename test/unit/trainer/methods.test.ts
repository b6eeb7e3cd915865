import { describe, expect, test } from 'vitest';
import { listCheckpoints } from '../../../db/checkpoints.ts';
import { listProbes, readProbe } from '../../../db/probes.ts';
import { readReplayColumns } from '../../../db/replay.ts';
import { listMetrics, readSeries } from '../../../db/series.ts';
import { METHODS, type RunConfig } from '../../../src-main/contract/config.ts';
import { newRun, tiny, trainHere } from './sandbox.ts';
import { temporaryStore } from '../../support/temporary-store.ts';

const BASELINES = METHODS.filter((method) => method !== 'irem');
const VARIANTS: Partial<RunConfig>[] = [...BASELINES.map((method) => ({ method })), { method: 'ponder', ponder_loss: 'release' }, { method: 'iterative-feedforward', iterative_loss: 'unrolled' }, { method: 'recurrent', steps_min: 1 }, { method: 'ponder', steps_min: 1 }, ...BASELINES.map((method): Partial<RunConfig> => ({ method, task: 'shortest-path', nodes: 4, nodes_harder: 5, replay_fresh_stored: 2 }))];

describe.each(VARIANTS)('%o', (changes) => {
  const config = tiny({ probe_every: 6, checkpoint_every: 4, recurrent_hidden: 8, ...changes });

  test('a resumed run equals an uninterrupted one bit for bit', async () => {
    const whole = temporaryStore();
    const one = newRun(whole, config);
    expect((await trainHere(whole, one)).row).toMatchObject({ status: 'finished', error: null });
    const parts = temporaryStore();
    const other = newRun(parts, config);
    await trainHere(parts, other, (event, control) => {
      if (event.type === 'checkpoint' && event.iteration === 4) control.receive({ type: 'stop' });
    });
    expect((await trainHere(parts, other)).row).toMatchObject({ status: 'finished' });
    expect(listCheckpoints(parts, other).at(-1)!.sha256).toBe(listCheckpoints(whole, one).at(-1)!.sha256);
  });

  test('records no energy, and probes that have errors alone', async () => {
    const store = temporaryStore();
    const run = newRun(store, config);
    await trainHere(store, run);
    const metrics = listMetrics(store, run).map(({ metric }) => metric);
    expect(metrics.filter((metric) => metric.startsWith('energy/'))).toEqual([]);
    expect(metrics).toEqual(expect.arrayContaining(['loss', 'loss/fresh', 'loss/replayed', 'gradient_norm']));
    const [probe] = listProbes(store, run);
    const { energies, errors, gradientNorms } = readProbe(store, run, probe!.iteration, probe!.difficulty)!;
    expect([energies.length, gradientNorms.length]).toEqual([0, 0]);
    expect(errors.length).toBe((config.probe_steps + 1) * config.probe_problems);
    expect(errors.every(Number.isFinite)).toBe(true);
    expect(readReplayColumns(store, run).count).toBe(40);
  });
});

test('ponder records where it halts: a distribution over its steps, and the steps to expect', async () => {
  const store = temporaryStore();
  const run = newRun(store, tiny({ method: 'ponder', steps: 4 }));
  await trainHere(store, run);
  const chances = [1, 2, 3, 4].map((n) => readSeries(store, run, `halting/${n}`).values[0]!);
  expect(chances.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
  expect(readSeries(store, run, 'expected_steps').values[0]).toBeCloseTo(chances.reduce((sum, chance, i) => sum + (i + 1) * chance, 0), 5);
});

test.each<Partial<RunConfig>>([
  { task: 'connected', nodes: 4, nodes_harder: 6 },
  { task: 'shortest-path', nodes: 4, nodes_harder: 6 },
  // Enough rows for segments of like size, replayed ones among them.
  { task: 'shortest-path', nodes: 7, nodes_harder: 8, batch: 30 },
])('irem on graphs: trains, is probed with harder and larger problems, and resumes bit for bit: %o', async (changes) => {
  const config = tiny({ probe_every: 6, checkpoint_every: 4, replay_fresh_stored: 2, ...changes });
  const whole = temporaryStore();
  const one = newRun(whole, config);
  expect((await trainHere(whole, one)).row).toMatchObject({ status: 'finished', error: null });
  expect(listProbes(whole, one).map(({ difficulty }) => difficulty).sort()).toEqual(['harder', 'harder', 'same', 'same']);
  const parts = temporaryStore();
  const other = newRun(parts, config);
  await trainHere(parts, other, (event, control) => {
    if (event.type === 'checkpoint' && event.iteration === 4) control.receive({ type: 'stop' });
  });
  expect((await trainHere(parts, other)).row).toMatchObject({ status: 'finished' });
  expect(listCheckpoints(parts, other).at(-1)!.sha256).toBe(listCheckpoints(whole, one).at(-1)!.sha256);
});
