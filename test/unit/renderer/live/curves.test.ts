import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../../../../src-main/contract/settings.ts';
import { brokenMarkers, metricCharts, metricLines } from '../../../../src-renderer/features/live/charts/metric-lines.ts';
import { sameItems } from '../../../../src-renderer/charts/same-items.ts';
import { metricsOf } from '../../../../src-renderer/features/live/data/metrics.ts';
import { RunCurve } from '../../../../src-renderer/features/live/data/RunCurve.ts';
import { withFiner } from '../../../../src-renderer/features/live/data/splice.ts';

const points = (x: number[], y = x.map((value) => value * 10)) => ({ x: Float64Array.from(x), y: Float64Array.from(y) });
const upTo = (from: number, to: number) => points(Array.from({ length: to - from + 1 }, (_, i) => from + i));

describe('a curve from the store and from what arrives', () => {
  it('has every iteration once, whichever was faster', () => {
    const curve = new RunCurve();
    curve.append(upTo(8, 10));
    curve.replace(upTo(1, 9), false);
    curve.append(upTo(11, 12));
    expect([...curve.points.x]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect([...curve.points.y].at(-1)).toBe(120);
  });

  it('fills the gap between the store and the first arrival when the store is read again', () => {
    const curve = new RunCurve();
    curve.append(upTo(8, 10));
    curve.replace(upTo(1, 4), false);
    expect([...curve.points.x]).toEqual([1, 2, 3, 4, 8, 9, 10]);
    curve.append(upTo(11, 11));
    curve.replace(upTo(1, 9), true);
    expect([...curve.points.x]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('does so after a lost connection as well', () => {
    const curve = new RunCurve();
    curve.replace(upTo(1, 4), true);
    curve.unsettle();
    curve.append(upTo(9, 9));
    curve.replace(upTo(1, 7), false);
    expect([...curve.points.x]).toEqual([1, 2, 3, 4, 5, 6, 7, 9]);
    curve.replace(upTo(1, 9), true);
    expect([...curve.points.x]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('never takes an iteration twice', () => {
    const curve = new RunCurve();
    curve.append(upTo(1, 5));
    curve.append(upTo(4, 6));
    curve.append(upTo(2, 3));
    expect([...curve.points.x]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('stays small in a run of days, with its extremes, its gaps and its newest value', () => {
    const curve = new RunCurve(64);
    curve.replace(points([]), true);
    for (let i = 0; i < 20_000; i++) curve.append(points([i], [i === 7777 ? 1e6 : i === 3333 ? -1e6 : i === 5555 ? NaN : Math.sin(i)]));
    const { x, y } = curve.points;
    expect(x.length).toBeLessThanOrEqual(3 * 64 + 1);
    expect(x.at(-1)).toBe(19_999);
    expect(y).toContain(1e6);
    expect(y).toContain(-1e6);
    expect(y.some(Number.isNaN)).toBe(true);
    expect([...x].every((value, i) => i === 0 || value > x[i - 1]!)).toBe(true);
  });
});

describe('a zoomed range', () => {
  it('is drawn finer inside, and as before outside', () => {
    expect([...withFiner(points([0, 10, 20, 30, 40]), points([10, 12, 14, 20], [1, 2, 3, 4])).x]).toEqual([0, 10, 12, 14, 20, 30, 40]);
    expect([...withFiner(points([0, 10, 20]), points([])).x]).toEqual([0, 10, 20]);
    expect([...withFiner(points([0, 10]), points([10, 11])).x]).toEqual([0, 10, 11]);
  });
});

describe('charts against the iteration', () => {
  it('draw what is recorded with these settings, and nothing else is read', () => {
    const config = resolveConfig({ learnable_step_size: true });
    const drawn = metricCharts(config, true, true).flatMap(({ lines }) => lines.map(({ metric }) => metric));
    expect(drawn.every((metric) => metricsOf(config, true).includes(metric))).toBe(true);
    expect(drawn).toEqual(expect.arrayContaining(['loss/fresh', 'loss/replayed', 'energy/0', 'energy/10', 'gradient_norm', 'ms', 'step_size', 'probe/same/error/last', 'probe/harder/error/last']));
    expect(metricsOf(resolveConfig({ task: 'dataset', data: 'x.npz' }), false)).toEqual(['loss/fresh', 'loss/replayed', 'gradient_norm', 'ms', 'memory', 'probe/same/error/last']);
  });

  it('say that a method has no energy instead of drawing zeros', () => {
    const energy = metricCharts(resolveConfig({}), false, true).find(({ id }) => id === 'run.energy')!;
    expect(energy).toMatchObject({ lines: [], instead: 'This method has no energy.' });
  });

  it('of a method that halts are how many steps it expects, in place of energies', () => {
    const config = resolveConfig({ method: 'ponder', steps: 3 });
    const charts = metricCharts(config, false, true);
    expect(charts.map(({ id }) => id)).not.toContain('run.energy');
    expect(charts.find(({ id }) => id === 'run.expected-steps')!.lines.map(({ metric }) => metric)).toEqual(['expected_steps']);
    expect(metricsOf(config, false)).toEqual(expect.arrayContaining(['expected_steps', 'halting/1', 'halting/2', 'halting/3']));
    expect(metricsOf(config, false)).not.toContain('energy/0');
  });


  it('draw fresh rows solid and replayed rows dashed', () => {
    const loss = metricCharts(resolveConfig({}), true, true)[0]!;
    const [fresh, replayed] = metricLines(loss, () => points([1, 2]), { run: 'blue', muted: 'grey' });
    expect(fresh!.dash).toBeUndefined();
    expect(replayed!.dash).toBeDefined();
    expect(metricCharts(resolveConfig({ replay_fraction: 0 }), true, true)[0]!.lines).toHaveLength(1);
    expect(metricLines(loss, () => points([]), { run: 'blue', muted: 'grey' })).toEqual([]);
  });

  it('say what will be there, or why nothing is', () => {
    const said = (changes: object, active: boolean) => metricCharts(resolveConfig(changes as Record<string, unknown>), true, active).map(({ empty }) => empty);
    expect(said({}, true)[1]).toBe('The first probe comes at iteration 100.');
    expect(said({}, false)[1]).toBe('No probe: the first would have come at iteration 100.');
    expect(said({ probe_every: 0 }, false)[1]).toMatch(/off/);
    expect(said({}, false)[0]).toMatch(/ended before its first iteration/);
  });

  it('are the same lines until an array or a look is another', () => {
    const [first, second] = [points([1, 2]), points([1, 2, 3])];
    const line = (data: { x: Float64Array; y: Float64Array }) => ({ key: 'a', label: 'Loss', colour: 'red', x: data.x, y: data.y });
    const before = [line(first), line(second)];
    expect(sameItems(before, [line(first), line(second)])).toBe(before);
    for (const now of [[line(first)], [line(second), line(first)], [line(first), { ...line(second), colour: 'blue' }], [line(first), { ...line(second), width: 1 }]]) expect(sameItems(before, now)).toBe(now);
    expect(sameItems(undefined, before)).toBe(before);
  });

  it('mark where a value is not finite', () => {
    const line = { key: 'a', label: 'Loss', colour: 'red', ...points([1, 2, 3], [1, NaN, Infinity]) };
    expect(brokenMarkers([line]).map(({ label }) => label)).toEqual(['Loss: NaN at iteration 2', 'Loss: infinite at iteration 3']);
    expect(brokenMarkers([line], 1)).toHaveLength(1);
  });
});
