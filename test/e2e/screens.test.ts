import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { RunPage } from './pages/run-page.ts';
import { newData, openPage, useBrowser } from './support/app.ts';
import { axeFindings } from './support/axe.ts';
import { DIVERGING, startRuns } from './support/runs.ts';
import { settled } from './support/watched-page.ts';
import { connect } from '../support/connect.ts';
import { serveWorkbench, type Served } from '../support/served.ts';

/*
 * Every screen, in both themes: axe finds nothing, the page complains of nothing, and pictures in two sizes are kept under
 * artifacts/screens/ for people to look at.
 */

interface Screen {
  readonly name: string;
  readonly address: string;
  /** What is done after the page has opened, or waited for. */
  readonly then?: (page: Page) => Promise<unknown>;
}

const [FINISHED, OTHER, DIVERGED, STOPPED, RUNNING] = [1, 2, 3, 4, 5];
const press = (keys: string) => (page: Page) => page.keyboard.press(keys);
const tab = (name: string) => (page: Page) => page.getByRole('tab', { name }).click();

const SCREENS: readonly Screen[] = [
  { name: 'runs', address: '/runs', then: (page) => page.locator('[data-run]').first().waitFor() },
  {
    name: 'runs-chosen',
    address: '/runs',
    then: async (page) => {
      for (const id of [FINISHED, OTHER]) await page.locator(`[data-run="${id}"] [data-check]`).click();
      await page.getByRole('toolbar', { name: 'Chosen runs' }).waitFor();
    },
  },
  { name: 'runs-filtered', address: '/runs?q=loss<0.5 nonsense:1', then: (page) => page.getByRole('combobox', { name: 'Filter runs' }).fill('loss<0.5 nonsense:1') },
  { name: 'runs-columns', address: '/runs', then: (page) => page.getByRole('button', { name: 'Columns' }).click() },
  { name: 'new', address: '/new', then: (page) => page.getByRole('button', { name: /^(Start|Queue)/ }).waitFor() },
  { name: 'new-mistake', address: '/new', then: (page) => page.locator('#setting-hidden').fill('0') },
  { name: 'fork', address: `/new?fork=${FINISHED}&from=last`, then: (page) => page.locator('#setting-step_size').waitFor() },
  { name: 'run-finished', address: `/runs/${FINISHED}` },
  { name: 'run-events', address: `/runs/${FINISHED}`, then: tab('Events') },
  { name: 'run-checkpoints', address: `/runs/${FINISHED}`, then: tab('Checkpoints') },
  { name: 'run-evaluate', address: `/runs/${FINISHED}`, then: (page) => page.getByRole('button', { name: 'Evaluate' }).click() },
  {
    name: 'run-energy-error',
    address: `/runs/${FINISHED}`,
    then: async (page) => {
      await page.getByRole('button', { name: 'Energy vs error' }).click();
      await page.getByRole('button', { name: 'Compute' }).click();
      await page.getByText(/^Rank correlation/).waitFor({ timeout: 60_000 });
    },
  },
  { name: 'run-diverged', address: `/runs/${DIVERGED}` },
  { name: 'run-stopped', address: `/runs/${STOPPED}` },
  { name: 'run-running', address: `/runs/${RUNNING}`, then: (page) => new RunPage(page).isNow('running') },
  { name: 'compare', address: `/compare?runs=${FINISHED},${OTHER}`, then: (page) => page.getByRole('list', { name: 'Compared runs' }).waitFor() },
  { name: 'compare-empty', address: '/compare' },
  { name: 'replay', address: `/replay/${FINISHED}`, then: (page) => page.getByRole('grid', { name: 'Entries of the replay buffer' }).waitFor() },
  {
    name: 'reason',
    address: `/replay/${FINISHED}`,
    then: async (page) => {
      await tab('Reason from here')(page);
      await page.getByText(/^Weights of iteration/).waitFor({ timeout: 60_000 });
    },
  },
  { name: 'lineage', address: `/replay/${FINISHED}`, then: tab('Lineage') },
  { name: 'replay-none', address: '/replay' },
  { name: 'reproduce', address: '/reproduce', then: (page) => page.getByRole('table').waitFor() },
  { name: 'reproduce-steps', address: '/reproduce?table=steps&scale=paper&seeds=3', then: (page) => page.getByRole('table').waitFor() },
  { name: 'settings', address: '/settings' },
  { name: 'not-found', address: '/no-such-page' },
  { name: 'no-such-run', address: '/runs/999' },
  { name: 'palette', address: '/runs', then: press('Control+k') },
  { name: 'shortcuts', address: '/runs', then: press('?') },
];

const OUT = join('artifacts', 'screens');
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1000, height: 700 },
] as const;
const chrome = useBrowser();
let served: Served;
let empty: Served;

beforeAll(async () => {
  rmSync(OUT, { recursive: true, force: true });
  for (const theme of ['light', 'dark']) mkdirSync(join(OUT, theme), { recursive: true });
  [served, empty] = await Promise.all([serveWorkbench(newData()), serveWorkbench(newData())]);
  await startRuns(served, { iterations: 2000 }, { seeds: [1, 2] });
  await startRuns(served, DIVERGING);
  await startRuns(served, { iterations: 10_000_000 }, { seeds: [4, 5] });
  const client = await connect(served.url);
  const until = (id: number, status: string, past = 0) =>
    vi.waitUntil(async () => (await client.request('runs.list', {})).runs.some((run) => run.id === id && run.status === status && run.iteration > past), { timeout: 120_000, interval: 200 });
  await until(OTHER, 'finished');
  await until(DIVERGED, 'diverged');
  await until(STOPPED, 'running', 600);
  await client.request('runs.stop', { run: STOPPED });
  await until(RUNNING, 'running', 600);
  client.close();
});

afterAll(async () => {
  await Promise.all([served.end(), empty.end()]);
});

async function check(page: Page, name: string): Promise<void> {
  const findings: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.waitForFunction((wanted) => document.documentElement.dataset['theme'] === wanted, theme);
    for (const viewport of SIZES) {
      await page.setViewportSize(viewport);
      await settled(page);
      await page.screenshot({ path: join(OUT, theme, `${name}-${viewport.width}.png`) });
    }
    findings.push(...(await axeFindings(page)).map((finding) => `${theme}: ${finding}`));
  }
  expect(findings).toEqual([]);
}

describe('axe finds nothing, and the page complains of nothing', () => {
  it('welcome', async () => {
    const page = await openPage(chrome.browser, empty);
    await page.getByRole('heading', { name: 'Watch a model reason' }).waitFor();
    await check(page, 'welcome');
  });

  it.each(SCREENS)('$name', async ({ name, address, then }) => {
    const page = await openPage(chrome.browser, served);
    await page.goto(served.origin + address);
    await settled(page);
    await then?.(page);
    await check(page, name);
  });
});
