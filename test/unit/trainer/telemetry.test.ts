import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { claimRun } from '../../../db/run-life.ts';
import { getRun } from '../../../db/runs.ts';
import { readSeries } from '../../../db/series.ts';
import type { TrainerEvent } from '../../../src-main/contract/events.ts';
import { metric } from '../../../src-main/contract/metrics.ts';
import type { Outcome } from '../../../src-main/methods/types.ts';
import { metricsOf, Telemetry } from '../../../src-main/trainer/telemetry.ts';
import { newRun, tiny } from './sandbox.ts';
import { temporaryStore } from '../../support/temporary-store.ts';

const outcome: Outcome = {
  answers: new Float32Array(8),
  errors: Float32Array.of(1, 2, 4, 8),
  energies: Float32Array.of(1, 1, 1, 1, 0, 2, 0, 2),
  loss: 3.75,
  gradientNorm: 0.5,
  answerChange: 0.125,
  stepSize: 7,
};

describe('the metrics of an iteration', () => {
  test('are means over all, fresh and replayed rows, and over rows at each number of updates', () => {
    const metrics = metricsOf({ iteration: 3, outcome, rows: 4, replayed: 2, steps: 1 }, tiny());
    expect(Object.fromEntries(metrics)).toEqual({
      loss: 3.75,
      'loss/replayed': 1.5,
      'loss/fresh': 6,
      'energy/0': 1,
      'energy/1': 1,
      answer_change: 0.125,
      gradient_norm: 0.5,
    });
  });

  test('leave out replayed rows while there are none, and hold λ and the steps where they vary', () => {
    const metrics = metricsOf({ iteration: 1, outcome, rows: 4, replayed: 0, steps: 1 }, tiny({ learnable_step_size: true, steps_min: 1 }));
    expect(metrics.map(([name]) => name)).not.toContain('loss/replayed');
    expect(Object.fromEntries(metrics)).toMatchObject({ step_size: 7, steps: 1, 'loss/fresh': 3.75 });
  });

  test('hold where a method halts on average, and no energy where there is none', () => {
    const halting = Float32Array.of(0.5, 0.5, 0.25, 0.75, 0.5, 0.5, 0.75, 0.25);
    const metrics = Object.fromEntries(metricsOf({ iteration: 1, outcome: { ...outcome, energies: new Float32Array(0), halting }, rows: 4, replayed: 0, steps: 2 }, tiny({ method: 'ponder' })));
    expect(metrics).toMatchObject({ 'halting/1': 0.5, 'halting/2': 0.5, expected_steps: 1.5 });
    expect(Object.keys(metrics).filter((name) => name.startsWith('energy'))).toEqual([]);
  });

  test('are all described in the contract', () => {
    const metrics = metricsOf({ iteration: 1, outcome: { ...outcome, halting: Float32Array.of(1, 1, 1, 1) }, rows: 4, replayed: 2, steps: 1 }, tiny({ learnable_step_size: true, steps_min: 1 }));
    for (const name of [...metrics.map(([each]) => each), 'ms', 'cpu', 'memory']) expect(metric(name), name).toBeDefined();
  });
});

describe('telemetry', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  function setUp() {
    const store = temporaryStore();
    const run = newRun(store, tiny());
    claimRun(store, run, process.pid);
    const sent: Extract<TrainerEvent, { type: 'metrics' }>[] = [];
    const telemetry = new Telemetry(store, run, 0, (event) => {
      if (event.type === 'metrics') sent.push(event);
    });
    return { store, run, sent, telemetry, lossInStore: () => readSeries(store, run, 'loss').values };
  }

  test('a finished iteration is in the store within a second, its time once it is known', () => {
    const { store, run, telemetry, lossInStore } = setUp();
    let oldestLost = 0;
    for (let i = 1; i <= 200; i++) {
      telemetry.record(i, [['loss', i]]);
      vi.advanceTimersByTime(30);
      telemetry.close(30);
      telemetry.tick();
      // What a crash would lose now: iterations recorded and not stored, 30 ms each.
      oldestLost = Math.max(oldestLost, 30 * (i - lossInStore().length));
    }
    expect(oldestLost).toBeLessThan(1000);
    telemetry.flush();
    expect([...lossInStore()]).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
    expect([...readSeries(store, run, 'ms').values]).toEqual(Array<number>(200).fill(30));
    expect(getRun(store, run).iteration).toBe(200);
  });

  test('the owner gets every number, in at most five messages a second', () => {
    const { sent, telemetry } = setUp();
    for (let i = 1; i <= 1000; i++) {
      telemetry.record(i, [['loss', i]]);
      vi.advanceTimersByTime(3);
      telemetry.close(3);
    }
    telemetry.flushToOwner();
    expect(sent.length).toBeLessThanOrEqual(16);
    const losses = sent.flatMap(({ series }) => series.filter((each) => each.metric === 'loss').flatMap(({ values }) => [...values]));
    expect(losses).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1));
    for (const { series, last } of sent) {
      const ends = (name: string) => series.filter((each) => each.metric === name).map(({ first, values }) => first + values.length - 1);
      expect([ends('loss').at(-1), ends('ms').at(-1)]).toEqual([last, last]);
    }
  });

  test('a message says of the newest walk of its iterations how far the energies of its rows lie apart, after each update', () => {
    const { sent, telemetry } = setUp();
    const energies = { values: outcome.energies, rows: 4, replayed: 1 };
    telemetry.record(1, [['loss', 1]], energies);
    vi.advanceTimersByTime(200);
    telemetry.close(200);
    expect(sent.at(-1)!.walk).toEqual({ iteration: 1, fresh: 3, replayed: 1, mean: Float64Array.of(1, 1), deviation: Float64Array.of(0, 1) });
    telemetry.record(2, [['loss', 1]], { ...energies, values: Float32Array.of(1, 2, 3, NaN) });
    vi.advanceTimersByTime(200);
    telemetry.close(200);
    expect(sent.at(-1)!.walk).toMatchObject({ iteration: 2, mean: Float64Array.of(NaN), deviation: Float64Array.of(NaN) });
    telemetry.record(3, [['loss', 1]]);
    vi.advanceTimersByTime(200);
    telemetry.close(200);
    expect(sent.at(-1)).not.toHaveProperty('walk');
  });

  test('the processor time of the process is sampled about once a second: one processor busy is 1', () => {
    const { store, run, telemetry } = setUp();
    const used = vi.spyOn(process, 'cpuUsage').mockImplementation(() => ({ user: 600_000, system: 150_000 }));
    for (let i = 1; i <= 3; i++) {
      telemetry.record(i, [['loss', i]]);
      vi.advanceTimersByTime(1000);
      telemetry.close(1000);
    }
    used.mockRestore();
    telemetry.flush();
    expect(readSeries(store, run, 'cpu')).toMatchObject({ count: 3, values: Float64Array.of(0.75, 0.75, 0.75) });
  });

  test('memory is sampled about once a second', () => {
    const { store, run, telemetry } = setUp();
    for (let i = 1; i <= 500; i++) {
      telemetry.record(i, [['loss', i]]);
      vi.advanceTimersByTime(10);
      telemetry.close(10);
    }
    telemetry.flush();
    const { values, count } = readSeries(store, run, 'memory');
    expect(count).toBeGreaterThanOrEqual(5);
    expect(count).toBeLessThanOrEqual(6);
    expect(Math.min(...values)).toBeGreaterThan(10e6);
  });
});
