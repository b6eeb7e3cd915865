import { expect, it, onTestFinished } from 'vitest';
import type { Page } from 'playwright-core';
import { openStore } from '../../db/open.ts';
import { fillManyRuns } from '../support/filled-stores.ts';
import { serveWorkbench } from '../support/served.ts';
import { RunsPage } from './pages/runs-page.ts';
import { newData, openPage, useBrowser } from './support/app.ts';

const chrome = useBrowser();

/** Data folder with so many runs. */
function filled(count: number): string {
  const data = newData();
  const store = openStore(data);
  fillManyRuns(store, count);
  store.close();
  return data;
}

async function served(data: string, port = '0') {
  const workbench = await serveWorkbench(data, ['--port', port]);
  onTestFinished(async () => {
    await workbench.end();
  });
  return workbench;
}

/** Holds the page's channels back until told. */
async function holdChannel(page: Page): Promise<() => void> {
  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.routeWebSocket(/\/channel$/, async (socket) => {
    await released;
    socket.connectToServer();
  });
  return release;
}

it('a reload shows the runs last known before the host answers, as such, and then what there is', async () => {
  const workbench = await served(filled(300));
  const page = await openPage(chrome.browser, workbench);
  const list = new RunsPage(page);
  await page.goto(`${workbench.origin}/runs?q=task:addition&sort=name`);
  await list.counts(/of 300 runs/);
  // Words that the connection takes time push a row or two out of sight.
  const texts = async () => (await list.rows.allTextContents()).slice(0, 15);
  const before = await texts();
  expect(before).toHaveLength(15);

  const release = await holdChannel(page);
  await page.reload();
  await list.rows.first().waitFor();
  const runs = page.getByRole('region', { name: 'Runs', exact: true });
  expect(await runs.getAttribute('aria-busy')).toBe('true');
  await list.counts(/^Last known, .* of 300 runs/);
  // In the same order, and with the same numbers; curves come with the host.
  expect(await texts()).toEqual(before);

  // Nothing can be done with them.
  const id = Number(await list.rows.first().getAttribute('data-run'));
  await list.choose(id);
  expect(await page.getByRole('toolbar', { name: 'Chosen runs' }).count()).toBe(0);
  await page.keyboard.press('Delete');
  expect(await page.getByRole('log', { name: 'Messages' }).textContent()).toBe('');

  release();
  await list.counts('1 run chosen');
  expect(await runs.getAttribute('aria-busy')).toBe('false');
  expect(await texts()).toEqual(before);
});

it('nothing of another store is shown, nor what cannot be read', async () => {
  const first = await served(filled(20));
  const page = await openPage(chrome.browser, first, { expected: /WebSocket|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET/ });
  const list = new RunsPage(page);
  await list.open(first.origin);
  await list.counts('20 runs');
  // Written as the page is left.
  await page.reload();
  const kept = await page.evaluate(() => localStorage.getItem('basin.last-known'));
  expect(JSON.parse(kept!)).toMatchObject({ total: 20 });
  await first.end();

  // The same browser, the same address, another folder.
  const second = await served(filled(3), new URL(first.origin).port);
  expect(second.origin).toBe(first.origin);
  const release = await holdChannel(page);
  await page.goto(second.url);
  await page.getByText('Connecting to Basin').waitFor();
  expect(await list.rows.count()).toBe(0);
  expect(await page.getByText('Waiting for Basin').isVisible()).toBe(true);
  release();
  await list.counts('3 runs');

  await page.addInitScript(() => localStorage.setItem('basin.last-known', `${localStorage.getItem('basin.last-known')!.slice(0, 200)}…`));
  await page.reload();
  await list.counts('3 runs');
});
