import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LiveRun } from '../../../../src-renderer/features/live/data/LiveRun.ts';

const message = (last: number) => ({ run: 1, last, total: 1, series: [{ metric: 'loss', iterations: Float64Array.of(last), values: Float64Array.of(1 / last) }] });

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

it('shows what arrives at once, and then everything that follows in one go', () => {
  const live = new LiveRun(1);
  live.takeMetrics(message(1));
  expect([live.changes.value, live.last.value]).toEqual([1, 1]);
  for (const last of [2, 3]) live.takeMetrics(message(last));
  expect([live.changes.value, live.last.value]).toEqual([1, 1]);
  vi.advanceTimersByTime(150);
  expect([live.changes.value, live.last.value]).toEqual([2, 3]);
  expect([...live.points('loss').x]).toEqual([1, 2, 3]);
  vi.advanceTimersByTime(10_000);
  expect(live.changes.value).toBe(2);
  live.takeMetrics(message(4));
  expect([live.changes.value, live.last.value]).toEqual([3, 4]);
});

it('shows nothing more once nobody looks', () => {
  const live = new LiveRun(1);
  for (const last of [1, 2]) live.takeMetrics(message(last));
  live.dispose();
  vi.advanceTimersByTime(1000);
  expect(live.changes.value).toBe(1);
});

const probe = (iteration: number) => ({ iteration, difficulty: 'same', steps: 1, problems: 4, meanEnergies: Float64Array.of(2, 1), meanErrors: Float64Array.of(1, 0.5), energyDeviations: new Float64Array(0), errorDeviations: new Float64Array(0) }) as const;

it('shows a probe with the metrics that come next, or by itself when none do', () => {
  const live = new LiveRun(1);
  live.takeMetrics(message(1));
  live.takeProbe(probe(1));
  expect([live.changes.value, live.probes.value, live.shelf.value.same.length]).toEqual([1, [], 0]);
  vi.advanceTimersByTime(200);
  live.takeMetrics(message(2));
  expect([live.changes.value, live.last.value, live.probes.value, live.shelf.value.same.length]).toEqual([2, 2, [1], 1]);
  vi.advanceTimersByTime(10_000);
  expect(live.changes.value).toBe(2);
  live.takeMetrics(message(3));
  live.takeProbe(probe(3));
  vi.advanceTimersByTime(250);
  expect([live.changes.value, live.probes.value]).toEqual([4, [1, 3]]);
});
