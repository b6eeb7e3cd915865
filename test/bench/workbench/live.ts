import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { openStoreReadonly } from '../../../db/open.ts';
import { readSeries } from '../../../db/series.ts';
import { connect } from '../../support/connect.ts';
import type { Served } from '../../support/served.ts';
import type { Figure } from './figure.ts';
import { openBenchPage, quantile } from './page.ts';

const WATCH_MS = 8000;
/** The first iterations compile and warm up. */
const SKIPPED = 500;

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

/** Median time of an iteration, from the run's own record. */
function medianMs(served: Served, data: string, run: number): number {
  const store = openStoreReadonly(data);
  try {
    return quantile([...readSeries(store, run, 'ms', { from: SKIPPED }).values], 0.5);
  } finally {
    store.close();
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
      { name: 'trainer event to pixel, p95', value: quantile(latencies, 0.95), unit: 'ms', limit: 250, note: `median ${quantile(latencies, 0.5).toFixed(0)}, ${latencies.length} messages` },
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

/** Training with an open live view beside training without one, in turns. */
export async function slowdownFigure(browser: Browser, served: Served, data: string, rounds: number): Promise<Figure> {
  const client = await connect(served.url);
  const ratios: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const alone = await startQuick(client, 6000);
      await ended(client, alone);
      const watched = await startQuick(client, 6000);
      const bench = await openBenchPage(browser, served, '/settings');
      await bench.page.evaluate((to) => {
        history.pushState({}, '', to);
        dispatchEvent(new PopStateEvent('popstate', { state: {} }));
      }, `/runs/${watched}`);
      await ended(client, watched);
      await bench.close();
      ratios.push(medianMs(served, data, watched) / medianMs(served, data, alone));
    }
  } finally {
    client.close();
  }
  return { name: 'training slowed by an open live view', value: 100 * (quantile(ratios, 0.5) - 1), unit: '%', limit: 3, note: `ratios of medians, in turns: ${ratios.map((ratio) => ratio.toFixed(3)).join(', ')}` };
}
