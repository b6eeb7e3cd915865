import { describe, expect, it } from 'vitest';
import type { WriteStore } from '../../../../db/open.ts';
import { writeProbe } from '../../../../db/probes.ts';
import { hideRun } from '../../../../db/runs.ts';
import { writeSeries } from '../../../../db/series.ts';
import { Curves } from '../../../../src-main/host/series/curves.ts';
import { newestOf } from '../../../../src-main/host/series/newest-probes.ts';
import { probeMetric } from '../../../../src-main/host/series/virtual.ts';
import { refusal } from '../../../support/refusal.ts';
import { temporaryStore } from '../../../support/temporary-store.ts';
import { newRun, tiny } from '../../trainer/sandbox.ts';

/** A probe [2 levels, 2 problems] whose numbers are told from the iteration. */
function probe(store: WriteStore, run: number, iteration: number, { energies = true, steps = 1 } = {}): void {
  const numbers = (scale: number) => Float32Array.from({ length: (steps + 1) * 2 }, (_, i) => scale * iteration + i);
  const none = new Float32Array(0);
  for (const difficulty of ['same', 'harder'] as const) {
    writeProbe(store, run, { iteration, difficulty, steps, problems: 2, errors: numbers(difficulty === 'same' ? 1 : 10), energies: energies ? numbers(-1).map((value, i) => (i < 2 ? value : -value)) : none, gradientNorms: energies ? numbers(100) : none, answers: none, answersKept: 0 });
  }
}

const read = (store: WriteStore, run: number, metric: string, options: object = {}) => {
  const { iterations, values, ...rest } = new Curves(store).read(run, metric, { points: 100, ...options });
  return { iterations: [...iterations], values: [...values], ...rest };
};

describe('a recorded metric', () => {
  it('is thinned with exact extremes; its total counts what it stands for', () => {
    const store = temporaryStore();
    const run = newRun(store, tiny());
    const values = Float64Array.from({ length: 5000 }, (_, i) => Math.sin(i));
    values[3210] = 99;
    values[1234] = NaN;
    writeSeries(store, run, [{ metric: 'loss', first: 1, values }]);
    const thin = read(store, run, 'loss');
    expect(thin).toMatchObject({ total: 5000, max: 99, nonFinite: 1 });
    expect(thin.values.length).toBeLessThanOrEqual(100);
    expect(thin.iterations[thin.values.indexOf(99)]).toBe(3211);
    expect(thin.iterations[thin.values.findIndex(Number.isNaN)]).toBe(1235);
    expect(read(store, run, 'loss', { from: 11, to: 15 })).toMatchObject({ iterations: [11, 12, 13, 14, 15], total: 5 });
  });

  it('is averaged over windows on request, NaN where one of a window is', () => {
    const store = temporaryStore();
    const run = newRun(store, tiny());
    writeSeries(store, run, [{ metric: 'loss', first: 1, values: Float64Array.of(1, 3, 5, NaN, 2, 4) }]);
    expect(read(store, run, 'loss', { every: 2 })).toEqual({ iterations: [1, 3, 5, 7], values: [1, 4, NaN, 4], total: 6, min: 1, max: 4, nonFinite: 1 });
  });

  it('is empty when it was never recorded, and refused for a run that is not there', () => {
    const store = temporaryStore();
    const run = newRun(store, tiny());
    for (const metric of ['nothing', 'probe/same/error/last', 'elapsed', '__proto__']) expect(read(store, run, metric)).toEqual({ iterations: [], values: [], total: 0, min: null, max: null, nonFinite: 0 });
    hideRun(store, run);
    expect(refusal(() => read(store, run, 'loss')).code).toBe('run.unknown');
  });
});

describe('time spent training', () => {
  it('is the running sum of milliseconds, that before the range included', () => {
    const store = temporaryStore();
    const run = newRun(store, tiny());
    writeSeries(store, run, [{ metric: 'ms', first: 1, values: Float64Array.of(5, 6, 7) }, { metric: 'ms', first: 10, values: Float64Array.of(1) }]);
    expect(read(store, run, 'elapsed')).toMatchObject({ iterations: [1, 2, 3, 10], values: [5, 11, 18, 19], max: 19 });
    expect(read(store, run, 'elapsed', { from: 3, to: 9 })).toMatchObject({ iterations: [3], values: [18], total: 1 });
  });
});

describe('a metric of the probes', () => {
  it.each([
    ['probe/same/error/0', [10.5, 20.5]],
    ['probe/same/error/1', [12.5, 22.5]],
    ['probe/same/error/last', [12.5, 22.5]],
    ['probe/harder/error/last', [102.5, 202.5]],
    ['probe/same/energy/0', [-9.5, -19.5]],
    ['probe/same/gradient/last', [1002.5, 2002.5]],
    // Level 0 has the lower energies.
    ['probe/same/error/lowest', [10.5, 20.5]],
    ['probe/same/energy/lowest', [-9.5, -19.5]],
    ['probe/same/gradient/lowest', [1000.5, 2000.5]],
    ['probe/same/error/2', []],
  ])('%s', (metric, values) => {
    const store = temporaryStore();
    const run = newRun(store, tiny());
    for (const iteration of [10, 20]) probe(store, run, iteration);
    expect(read(store, run, metric)).toMatchObject({ values, iterations: values.length > 0 ? [10, 20] : [] });
    expect(read(store, run, metric, { from: 15 }).values).toEqual(values.slice(1));
  });

  it('leaves out what a method without an energy has not', () => {
    const store = temporaryStore();
    const run = newRun(store, tiny());
    probe(store, run, 10, { energies: false });
    for (const metric of ['probe/same/energy/last', 'probe/same/gradient/0', 'probe/same/error/lowest']) expect(read(store, run, metric).values, metric).toEqual([]);
    expect(newestOf(store, run)).toMatchObject([{ difficulty: 'same', lowestEnergy: null }, { difficulty: 'harder', lowestEnergy: null }]);
  });

  it('follows a probe that is measured again', () => {
    const store = temporaryStore();
    const run = newRun(store, tiny());
    probe(store, run, 10);
    const curves = new Curves(store);
    expect([...curves.read(run, 'probe/same/error/lowest', { points: 8 }).values]).toEqual([10.5]);
    probe(store, run, 10, { steps: 2 });
    const again = [...curves.read(run, 'probe/same/error/lowest', { points: 8 }).values];
    expect(again).toEqual(read(store, run, 'probe/same/error/lowest').values);
  });

  it('has a name of its own form', () => {
    expect(probeMetric('probe/harder/gradient/lowest')).toEqual({ difficulty: 'harder', quantity: 'gradient', at: 'lowest' });
    expect(probeMetric('probe/same/error/12')).toEqual({ difficulty: 'same', quantity: 'error', at: 12 });
    for (const name of ['probe/same/error', 'probe/same/error/-1', 'probe/easy/error/1', 'probe/same/error/1e3', 'loss', 'probe/same/error/12345678']) expect(probeMetric(name)).toBeUndefined();
  });
});

describe('the newest probe', () => {
  it('is that of each difficulty, with errors after each update and at the lowest energy', () => {
    const store = temporaryStore();
    const run = newRun(store, tiny());
    for (const iteration of [10, 20]) probe(store, run, iteration);
    expect(newestOf(store, run)).toEqual([
      { run, iteration: 20, difficulty: 'same', steps: 1, problems: 2, meanErrors: Float64Array.of(20.5, 22.5), lowestEnergy: { error: 20.5, updates: 0 } },
      { run, iteration: 20, difficulty: 'harder', steps: 1, problems: 2, meanErrors: Float64Array.of(200.5, 202.5), lowestEnergy: { error: 200.5, updates: 0 } },
    ]);
    expect(newestOf(store, 99)).toEqual([]);
  });
});
