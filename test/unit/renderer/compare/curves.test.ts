import { describe, expect, test } from 'vitest';
import { interpolate, onAxis, rebin } from '../../../../src-renderer/features/compare/curves/axis.ts';
import { catalogue, describeMetric, errorMetric, usualScale } from '../../../../src-renderer/features/compare/curves/catalogue.ts';
import { queriesFor, windowOf } from '../../../../src-renderer/features/compare/curves/plan.ts';
import { CURVES_HEAD, curveRows } from '../../../../src-renderer/features/compare/export/curves-csv.ts';
import { groupRuns } from '../../../../src-renderer/features/compare/groups/group-runs.ts';
import { EMPTY_VIEW } from '../../../../src-renderer/features/compare/view/view.ts';
import { sampleRun } from './sample-run.ts';

const curve = (x: readonly number[], y: readonly number[]) => ({ x: Float64Array.from(x), y: Float64Array.from(y) });

describe('x axes', () => {
  test('a value between two points lies on the line between them, outside there is none', () => {
    expect([...interpolate(curve([2, 4, 8], [0, 10, 20]), Float64Array.of(1, 2, 3, 4, 7, 8, 9))]).toEqual([NaN, 0, 5, 10, 17.5, 20, NaN]);
    expect([...interpolate(curve([], []), Float64Array.of(1))]).toEqual([NaN]);
  });

  test('time begins before the first iteration, and ends where it is known', () => {
    const loss = curve([0, 1, 2, 3, 4], [9, 8, 7, 6, 5]);
    expect(onAxis(loss, 'time', 10, curve([1, 3], [2000, 6000]))).toEqual(curve([0, 2, 4, 6], [9, 8, 7, 6]));
    expect(onAxis(loss, 'time', 10, undefined)).toEqual(curve([], []));
  });

  test('a share is of the planned iterations', () => {
    expect(onAxis(curve([1, 5], [1, 2]), 'share', 10, undefined)).toEqual(curve([10, 50], [1, 2]));
  });

  test('windows are aligned, stand at their middles and keep NaN', () => {
    expect(rebin(curve([0, 1, 3, 4, 9], [1, 3, 8, NaN, 5]), 2)).toEqual(curve([1, 3, 5, 9], [2, 8, NaN, 5]));
  });
});

describe('metrics', () => {
  test('have titles and formulas, those of probes too', () => {
    expect(describeMetric('probe/harder/error/40')).toMatchObject({ title: 'Error after 40 updates, harder', unit: 'mean squared error', group: 'probe, harder problems' });
    expect(describeMetric('energy/3')!.title).toBe('Energy after 3 updates');
    expect(describeMetric('probe/same/colour/1')).toBeUndefined();
    expect(catalogue([sampleRun(1, { steps: 2, probe_steps: 25 })]).filter(({ title, formula }) => title === '' || formula === '')).toEqual([]);
  });

  test('that some run may have are offered, as far as its steps go', () => {
    const names = catalogue([sampleRun(1, { steps: 2, probe_steps: 25 }), sampleRun(2, { steps: 3, probe_steps: 5 })]).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('energy/'))).toEqual(['energy/0', 'energy/1', 'energy/2', 'energy/3']);
    expect(names.filter((name) => name.startsWith('probe/same/error/'))).toEqual(['0', '10', '20', '25', 'last', 'lowest'].map((at) => `probe/same/error/${at}`));
  });

  test('energies have both signs, errors fall over decades', () => {
    expect([usualScale('energy/4'), usualScale('probe/same/energy/last'), usualScale('probe/same/error/last'), usualScale('loss')]).toEqual(['linear', 'linear', 'log', 'log']);
    expect([errorMetric('probe/same/error/last'), errorMetric('probe/same/energy/last'), errorMetric('loss')]).toEqual([{ difficulty: 'same' }, undefined, undefined]);
  });
});

describe('what is read', () => {
  test('groups are averaged in windows of whole iterations when runs are long', () => {
    expect(windowOf('loss', [sampleRun(1, {}, { iterations: 900 })])).toBeUndefined();
    expect(windowOf('loss', [sampleRun(1, {}, { iterations: 900 }), sampleRun(2, {}, { iterations: 16_000 })])).toBe(16);
    // Probes stand at multiples of their interval: windows of fewer iterations would be empty.
    expect(windowOf('probe/same/error/10', [sampleRun(1, { probe_every: 100 }, { iterations: 300_000 })])).toBe(400);
  });

  test('runs by themselves are read as they are, members of groups in windows, times only for the time axis', () => {
    const runs = [sampleRun(1, { seed: 1 }), sampleRun(2, { seed: 2 }), sampleRun(3, { batch: 8 })];
    const view = { ...EMPTY_VIEW, axis: 'time' as const, charts: [{ metric: 'loss', scale: null, smoothing: 0 }] };
    expect(queriesFor(view, groupRuns(runs, 'seeds'))).toEqual([
      { run: 1, metric: 'loss', every: 16 },
      { run: 2, metric: 'loss', every: 16 },
      { run: 3, metric: 'loss' },
      ...[1, 2, 3].map((run) => ({ run, metric: 'elapsed' })),
    ]);
    expect(queriesFor({ ...view, axis: 'share' }, groupRuns(runs, 'none'))).toHaveLength(3);
  });
});

test('curves as CSV: one value a line, every digit, names quoted', () => {
  const run = sampleRun(7, { seed: 3 }, { name: 'a, "b"' });
  const data = { run: 7, metric: 'loss', iterations: Float64Array.of(1, 2), values: Float64Array.of(0.1 + 0.2, NaN), total: 2, min: 0.3, max: 0.3, nonFinite: 1 };
  expect(CURVES_HEAD + curveRows(run, data)).toBe('run,name,seed,metric,iteration,value\n7,"a, ""b""",3,loss,1,0.30000000000000004\n7,"a, ""b""",3,loss,2,NaN\n');
});
