import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { encodeMessage } from '../../../../src-main/contract/channel/codec.ts';
import { energyMetric } from '../../../../src-main/contract/metrics.ts';
import { Outbox } from '../../../../src-main/host/live/outbox.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

function box() {
  const sent: { name: string; payload: unknown; bytes: number; at: number }[] = [];
  const transport = { full: false };
  const outbox = new Outbox(
    (name, payload) => void sent.push({ name, payload, bytes: encodeMessage({ kind: 'push', name, payload }).byteLength, at: performance.now() }),
    () => transport.full,
  );
  const of = (name: string) => sent.filter((each) => each.name === name);
  return { outbox, transport, sent, of };
}

/** What a quick run tells in 100 ms: 80 iterations of each metric. */
const batch = (first: number, metrics: readonly string[], length = 80) => metrics.map((metric, m) => ({ metric, first, values: Float64Array.from({ length }, (_, i) => Math.sin(first + i + m)) }));
const QUICK = [...Array.from({ length: 11 }, (_, k) => energyMetric(k)), 'loss', 'loss/fresh', 'loss/replayed', 'answer_change', 'gradient_norm', 'ms', 'memory'];
const walkOf = (iteration: number, steps: number) => ({ iteration, fresh: 32, replayed: 32, mean: new Float64Array(steps + 1), deviation: new Float64Array(steps + 1) });

/** Ten seconds of a run. */
function stream({ outbox }: Pick<ReturnType<typeof box>, 'outbox'>, metrics: readonly string[], steps = 10): void {
  for (let i = 0; i < 100; i++) {
    outbox.metrics(1, batch(1 + i * 80, metrics), (i + 1) * 80, { walk: walkOf(i * 80 + 80, steps), at: 1.7e12 });
    vi.advanceTimersByTime(100);
  }
}

const perSecond = (messages: readonly { bytes: number }[]): number => messages.reduce((sum, { bytes }) => sum + bytes, 0) / 10;

describe('metrics', () => {
  it('of the quick preset at 800 iterations a second: ten messages a second, at most 50 kB', () => {
    const { outbox, of } = box();
    expect(QUICK).toHaveLength(18);
    stream({ outbox }, QUICK);
    const messages = of('live.metrics');
    expect(messages.length).toBeGreaterThan(90);
    expect(messages.length).toBeLessThanOrEqual(101);
    expect(perSecond(messages)).toBeLessThan(50_000);
    expect(messages.reduce((sum, { payload }) => sum + (payload as { total: number }).total, 0)).toBe(100 * 80 * 18);
  });

  it('of a run with a thousand steps are told more rarely, in as few bytes', () => {
    const { outbox, of } = box();
    stream({ outbox }, [...Array.from({ length: 1001 }, (_, k) => energyMetric(k)), 'loss'], 1000);
    vi.advanceTimersByTime(5000);
    expect(perSecond(of('live.metrics'))).toBeLessThan(50_000 * 1.4);
    expect(of('live.metrics').length).toBeLessThan(30);
    expect(of('live.metrics').reduce((sum, { payload }) => sum + (payload as { total: number }).total, 0)).toBe(100 * 80 * 1002);
  });

  it('of two runs have a pace each, and the last ones of a run that ends leave at once', () => {
    const { outbox, of } = box();
    outbox.metrics(1, batch(1, ['loss']), 80);
    outbox.metrics(2, batch(1, ['loss']), 80);
    expect(of('live.metrics')).toHaveLength(2);
    outbox.metrics(1, batch(81, ['loss'], 3), 83);
    expect(of('live.metrics')).toHaveLength(2);
    outbox.finish(1);
    expect(of('live.metrics').at(-1)!.payload).toMatchObject({ run: 1, last: 83, total: 3 });
  });

  it('of a run that is not followed any more are forgotten', () => {
    const { outbox, sent } = box();
    outbox.metrics(1, batch(1, ['loss']), 80);
    outbox.metrics(1, batch(81, ['loss']), 160);
    outbox.follow(new Set([2]));
    vi.advanceTimersByTime(1000);
    expect(sent).toHaveLength(1);
  });
});

describe('while the transport is congested', () => {
  const run = (id: number, iteration: number) => ({ id, iteration }) as RunSummary;

  it('nothing is sent, and what comes after is merged: newest rows, newest probes, extremes of all metrics', () => {
    const { outbox, transport, sent, of } = box();
    transport.full = true;
    for (let i = 1; i <= 50; i++) {
      outbox.metrics(1, [{ metric: 'loss', first: i, values: Float64Array.of(i === 20 ? -5 : i) }], i);
      outbox.runs([run(1, i), ...(i < 10 ? [run(2, i)] : [])], i === 10 ? [2] : []);
      outbox.probe({ run: 1, probe: { iteration: i, difficulty: i % 2 ? 'same' : 'harder' } } as never);
      vi.advanceTimersByTime(100);
    }
    outbox.say('notice', { level: 'info', title: 't', text: '' });
    expect(sent).toEqual([]);
    transport.full = false;
    vi.advanceTimersByTime(100);
    expect(of('runs.changed').map(({ payload }) => payload)).toEqual([{ runs: [run(1, 50)], removed: [2] }]);
    expect(of('live.probe').map(({ payload }) => (payload as { probe: { iteration: number } }).probe.iteration)).toEqual([49, 50]);
    expect(of('live.metrics').map(({ payload }) => payload)).toMatchObject([{ last: 50, total: 50, series: [{ iterations: Float64Array.of(20, 50), values: Float64Array.of(-5, 50) }] }]);
    expect(of('notice')).toHaveLength(1);
  });

  it('memory stays bounded: old lines of a log go first, a notice stays', () => {
    const { outbox, transport, of } = box();
    transport.full = true;
    outbox.say('notice', { level: 'error', title: 'kept', text: '' });
    for (let id = 1; id <= 5000; id++) outbox.say('live.log', { run: 1, line: { id, iteration: 1, level: 'info', message: 'm', at: 0 } });
    transport.full = false;
    vi.advanceTimersByTime(100);
    expect(of('notice')).toHaveLength(1);
    const ids = of('live.log').map(({ payload }) => (payload as { line: { id: number } }).line.id);
    expect([ids.length, ids.at(-1)]).toEqual([999, 5000]);
  });
});

it('says nothing once it is closed, and closes by itself when its transport throws', () => {
  const { outbox, sent } = box();
  outbox.metrics(1, batch(1, ['loss']), 80);
  outbox.metrics(1, batch(81, ['loss']), 160);
  outbox.close();
  outbox.say('notice', { level: 'info', title: '', text: '' });
  outbox.runs([], [3]);
  vi.advanceTimersByTime(1000);
  expect(sent).toHaveLength(1);
  let calls = 0;
  const broken = new Outbox(() => {
    calls++;
    throw new Error('gone');
  }, () => false);
  broken.say('notice', { level: 'info', title: '', text: '' });
  broken.say('notice', { level: 'info', title: '', text: '' });
  expect(calls).toBe(1);
});
