import { expect, it } from 'vitest';
import { openStore } from '../../db/open.ts';
import { fillManyRuns } from '../support/filled-stores.ts';
import { RunsPage } from './pages/runs-page.ts';
import { newData, openPage, openWorkbench, useBrowser } from './support/app.ts';

const chrome = useBrowser();

it('ten thousand runs are listed, scrolled, filtered, starred, deleted and brought back', async () => {
  const data = newData();
  const store = openStore(data);
  fillManyRuns(store);
  store.close();
  const served = await openWorkbench(data);
  const page = await openPage(chrome.browser, served);
  const list = new RunsPage(page);
  await list.open(served.origin);
  await list.rows.first().waitFor();
  // Few rows are in the document, whatever there is.
  expect(await list.rows.count()).toBeLessThan(100);
  const newest = Number(await list.rows.first().getAttribute('data-run'));
  await page.getByRole('grid').first().focus();
  await page.keyboard.press('Control+End');
  await page.waitForFunction((top) => [...document.querySelectorAll<HTMLElement>('[data-run]')].every((row) => Number(row.dataset['run']) !== top), newest);
  await page.keyboard.press('Control+Home');
  await list.row(newest).waitFor();

  await list.filter.fill('task:addition status:finished loss<0.01');
  await list.counts(/of [\d,]+ runs/);
  expect(await list.rows.count()).toBeGreaterThan(0);
  for (const text of await list.rows.allTextContents()) expect(text).toMatch(/finished.*addition/);

  const id = Number(await list.rows.first().getAttribute('data-run'));
  await list.choose(id);
  await page.getByRole('toolbar', { name: 'Chosen runs' }).getByRole('button', { name: 'Delete' }).click();
  await list.row(id).waitFor({ state: 'detached' });
  await page.getByRole('log', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click();
  await list.row(id).waitFor();
});
