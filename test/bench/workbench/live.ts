import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { openStoreReadonly } from '../../../db/open.ts';
import { readSeries } from '../../../db/series.ts';
import { connect } from '../../support/connect.ts';
import type { Served } from '../../support/served.ts';
import type { Figure } from './figure.ts';
import { openBenchPage, quantile } from './page.ts';

const WATCH_MS = 8000;
/** A stretch of training with or without a view, and the time that opening or closing one may take before it. */
const SLICE_MS = 5000;
const SETTLE_MS = 2500;

type Client = Awaited<ReturnType<typeof connect>>;

async function startQuick(client: Client, iterations: number): Promise<number> {
  const { runs } = await client.request('runs.start', { preset: 'quick', changes: { iterations }, seeds: [0], tags: [], engine: { engine: 'compiled', device: 'cpu' } });
  return runs[0]!.id;
}

async function ended(client: Client, run: number): Promise<void> {
  for (;;) {
    const { run: now } = await client.request('runs.get', { run });
    if (now.status !== 'running' && now.status !== 'queued') return;
    await wait(100);
  }
}

/** A live view while the quick preset streams: how late, how smooth, how much. */
export async function liveFigures(browser: Browser, served: Served): Promise<Figure[]> {
  const client = await connect(served.url);
  const run = await startQuick(client, 1_000_000);
  const bench = await openBenchPage(browser, served, '/settings');
  try {
    // A live page is never quiet: going there must not wait for that.
    await bench.page.evaluate((to) => {
      history.pushState({}, '', to);
      dispatchEvent(new PopStateEvent('popstate', { state: {} }));
    }, `/runs/${run}`);
    await bench.page.waitForFunction(() => window.instruments.drawnAt > 0);
    await wait(3000);
    await bench.page.evaluate(() => (window.instruments.watch()));
    const before = bench.received();
    const began = performance.now();
    await wait(WATCH_MS);
    const seconds = (performance.now() - began) / 1000;
    const bytes = bench.received() - before;
    const { latencies, gaps } = await bench.page.evaluate(() => ({ latencies: [...window.instruments.latencies], gaps: [...window.instruments.gaps] }));
    return [
      { name: 'trainer event to pixel, p95', value: quantile(latencies, 0.95), unit: 'ms', limit: 250, note: `median ${quantile(latencies, 0.5).toFixed(0)}, ${latencies.length} moments` },
      { name: 'frame gap while streaming, p95', value: quantile(gaps, 0.95), unit: 'ms', limit: 25, note: `median ${quantile(gaps, 0.5).toFixed(1)}, ${gaps.length} frames` },
      { name: 'channel while streaming', value: bytes / seconds / 1000, unit: 'kB/s', limit: 50 },
      ...bench.complaints.map((complaint): Figure => ({ name: `the page complained: ${complaint}`, value: NaN, unit: '' })),
    ];
  } finally {
    await bench.close();
    await client.request('runs.stop', { run });
    client.close();
  }
}

/** Iterations that a run makes in the next `SLICE_MS`. */
async function slice(client: Client, run: number): Promise<{ readonly from: number; readonly to: number }> {
  const at = async (): Promise<number> => (await client.request('runs.get', { run })).run.iteration;
  const from = await at();
  await wait(SLICE_MS);
  return { from, to: await at() };
}

/**
 * How much an open live view slows training: one run, watched and unwatched in turns, since a machine's pace differs more from minute
 * to minute than by what is looked for. Each watched slice is held against the unwatched ones before and after it.
 */
export async function slowdownFigure(browser: Browser, served: Served, data: string, rounds: number): Promise<Figure> {
  const client = await connect(served.url);
  const run = await startQuick(client, 1_000_000);
  const bench = await openBenchPage(browser, served, '/settings');
  const alone: { from: number; to: number }[] = [];
  const watched: { from: number; to: number }[] = [];
  try {
    for (let round = 0; round <= rounds; round++) {
      await bench.page.goto('about:blank');
      await wait(SETTLE_MS);
      alone.push(await slice(client, run));
      if (round === rounds) break;
      await bench.page.goto(`${served.origin}/runs/${run}`);
      await bench.page.waitForFunction(() => window.instruments.drawnAt > 0);
      await wait(SETTLE_MS);
      watched.push(await slice(client, run));
    }
  } finally {
    await bench.close();
    await client.request('runs.stop', { run });
    await ended(client, run);
    client.close();
  }
  const store = openStoreReadonly(data);
  // The mean: what a slice took, rare long iterations included.
  const mean = ({ from, to }: { from: number; to: number }): number => {
    const { values } = readSeries(store, run, 'ms', { from, to });
    return values.reduce((sum, ms) => sum + ms, 0) / values.length;
  };
  const ratios = watched.map((open, k) => mean(open) / ((mean(alone[k]!) + mean(alone[k + 1]!)) / 2));
  store.close();
  const percent = (share: number): string => (100 * (quantile(ratios, share) - 1)).toFixed(1);
  return { name: 'training slowed by an open live view', value: 100 * (quantile(ratios, 0.5) - 1), unit: '%', limit: 3, note: `median of ${ratios.length} watched slices beside their neighbours; quartiles ${percent(0.25)} and ${percent(0.75)} %` };
}
