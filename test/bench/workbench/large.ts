import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openStore } from '../../../db/open.ts';
import { replaceReplay } from '../../../db/replay.ts';
import { createRun, endRun } from '../../../db/runs.ts';
import { resolveConfig } from '../../../src-main/contract/settings.ts';
import { addCurves, addLongRun, fillManyRuns } from '../../support/filled-stores.ts';
import { serveWorkbench, type Served } from '../../support/served.ts';
import type { Figure } from './figure.ts';
import { goInside, openBenchPage, quantile, quiet } from './page.ts';

/** Stores of different kinds, each in a folder of its own below `root`. */
export function makeStores(root: string): { readonly many: string; readonly long: string; readonly curves: string; readonly replay: string } {
  const made = (name: string, fill: (store: ReturnType<typeof openStore>) => void): string => {
    const folder = join(root, name);
    mkdirSync(folder, { recursive: true });
    const store = openStore(folder);
    fill(store);
    store.close();
    return folder;
  };
  return {
    many: made('many', (store) => fillManyRuns(store)),
    long: made('long', (store) => addLongRun(store)),
    curves: made('curves', (store) => addCurves(store)),
    replay: made('replay', addReleaseBuffer),
  };
}

/** A buffer of 10,000 entries of the release's size (800 → 400 numbers). */
function addReleaseBuffer(store: ReturnType<typeof openStore>): void {
  const config = resolveConfig({}, 'paper');
  const run = createRun(store, { name: 'release size', config, engine: 'compiled', device: 'cpu', versions: {} });
  const wave = (length: number, seed: number) => Float32Array.from({ length }, (_, i) => Math.sin(seed * 12.9898 + i * 78.233));
  const entries = Array.from({ length: 10_000 }, (_, uid) => ({ uid, parent: null, problem: uid, generation: 0, born: Math.floor(uid / 1024) + 1, uses: uid % 4, energy: Math.sin(uid), error: 0.01 * (1.1 + Math.cos(uid)), x: wave(800, uid), y: wave(400, uid + 1), target: wave(400, uid + 2), visit: wave(11, uid) }));
  replaceReplay(store, run, { iteration: 10, entries, ancestors: [] });
  endRun(store, run, { status: 'finished', iteration: 10 });
}

async function onStore<Result>(folder: string, browser: Browser, address: string, work: (page: Page) => Promise<Result>): Promise<{ result: Result; served: Served; complaints: readonly string[] }> {
  const served = await serveWorkbench(folder);
  const bench = await openBenchPage(browser, served, address);
  try {
    return { result: await work(bench.page), served, complaints: bench.complaints };
  } finally {
    await bench.close();
    await served.end();
  }
}

const FILTERS = 30;

/** Types a filter into the runs table and measures until the frame that shows the result has been drawn. */
async function filterTimes(page: Page): Promise<number[]> {
  await page.waitForSelector('[role="search"] input');
  await quiet(page);
  const times: number[] = [];
  const texts = ['task:addition', 'loss<0.01', 'tag:baseline', 'sweep', 'status:diverged', ''];
  for (const text of Array.from({ length: FILTERS }, (_, i) => texts[i % texts.length]!)) {
    times.push(
      await page.evaluate(async (typed) => {
        const input = document.querySelector<HTMLInputElement>('[role="search"] input')!;
        const begin = performance.now();
        input.value = typed;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        return performance.now() - begin;
      }, text),
    );
    await quiet(page);
  }
  return times;
}

/** Pans the first chart with the keyboard, zoomed in, and measures each step to its frame. */
async function panTimes(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const chart = document.querySelector<HTMLElement>('main canvas')!.closest<HTMLElement>('[tabindex]')!;
    const press = async (key: string, shiftKey: boolean): Promise<number> => {
      const begin = performance.now();
      chart.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true }));
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return performance.now() - begin;
    };
    chart.focus();
    for (let i = 0; i < 3; i++) await press('+', false);
    const times: number[] = [];
    for (let i = 0; i < 30; i++) {
      const before = window.instruments.drawnAt;
      const time = await press(i % 20 < 10 ? 'ArrowRight' : 'ArrowLeft', true);
      if (window.instruments.drawnAt > before) times.push(time);
    }
    return times;
  });
}

/** Pages over much data. */
export async function largeFigures(browser: Browser, stores: ReturnType<typeof makeStores>): Promise<Figure[]> {
  const figures: Figure[] = [];
  const many = await onStore(stores.many, browser, '/runs', filterTimes);
  figures.push({ name: 'filter 10,000 runs, p95', value: quantile(many.result, 0.95), unit: 'ms', limit: 50, note: `to the drawn frame; median ${quantile(many.result, 0.5).toFixed(0)}, slowest ${Math.max(...many.result).toFixed(0)} of ${FILTERS}; the first six ${many.result.slice(0, 6).map((ms) => ms.toFixed(0)).join(', ')}` });
  const long = await onStore(stores.long, browser, '/runs', (page) => goInside(page, '/runs/1'));
  figures.push({ name: 'open a run of 6 metrics × 1M points', value: long.result.drawn, unit: 'ms', limit: 500, note: `last chart drawn; last change of the page ${long.result.changed.toFixed(0)} ms` });
  const all = Array.from({ length: 200 }, (_, i) => i + 1).join(',');
  const curves = await onStore(stores.curves, browser, '/runs', async (page) => ({ opened: await goInside(page, `/compare?runs=${all}`), pans: await panTimes(page) }));
  figures.push({ name: 'overlay 200 runs × 10,000 points: open', value: curves.result.opened.drawn, unit: 'ms' });
  figures.push({ name: 'overlay 200 runs × 10,000 points: pan, p95', value: quantile(curves.result.pans, 0.95), unit: 'ms', limit: 100, note: `${curves.result.pans.length} steps drawn` });
  const replay = await onStore(stores.replay, browser, '/runs', (page) => goInside(page, '/replay/1'));
  figures.push({ name: 'open a replay buffer of 10,000 release-size entries', value: replay.result.changed, unit: 'ms', limit: 500, note: 'last change of the page' });
  for (const { complaints } of [many, long, curves, replay]) for (const complaint of complaints) figures.push({ name: `the page complained: ${complaint}`, value: NaN, unit: '' });
  return figures;
}
