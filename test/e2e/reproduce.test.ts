import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { connect } from '../support/connect.ts';
import { newData, openPage, openWorkbench, useBrowser } from './support/app.ts';
import { settled } from './support/watched-page.ts';

const chrome = useBrowser();

it('a table of the paper trains what it misses, fills in while that goes on, stops, goes on, and is saved', async () => {
  const served = await openWorkbench(newData());
  const page = await openPage(chrome.browser, served);
  await page.goto(`${served.origin}/reproduce?scale=paper`);
  await page.getByText('None of its 18 runs is finished.').waitFor();
  expect(await page.getByRole('cell', { name: '0.0003 / 0.0021' }).count()).toBe(1);
  await page.getByRole('radio', { name: 'Quick' }).click();
  await page.waitForURL(/scale=quick/);
  await page.getByRole('cell', { name: '0.0003 / 0.0021' }).waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Train what is missing' }).click();
  // The first row of the plan is trained for real and tested on 5,632 problems.
  const row = page.getByRole('row', { name: /^Feedforward/ }).first();
  await row.getByText(/training, \d+ %/).waitFor({ timeout: 120_000 });
  const tested = row.getByRole('link', { name: /^\d/ });
  await tested.first().waitFor({ timeout: 240_000 });
  expect(await tested.count()).toBe(2);
  await page.getByText(/^\d of 18 runs done/).waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('button', { name: 'Train what is missing' }).waitFor({ timeout: 60_000 });
  await settled(page);
  expect(await row.getByText(/does not beat a linear map/).count()).toBe(1);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: 'Export the table' })
      .click()
      .then(() => page.getByRole('menuitem', { name: 'Save as CSV' }).click()),
  ]);
  expect(download.suggestedFilename()).toBe('basin-continuous-quick.csv');
  const lines = readFileSync(await download.path(), 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(19);
  expect(Number(lines[1]!.split(',')[6])).toBeGreaterThan(0);

  // What it trained are runs like any others, with a tag; what was stopped goes on instead of being started anew.
  const client = await connect(served.url);
  const runs = async () => (await client.request('runs.list', {})).runs;
  const stopped = (await runs()).find(({ status }) => status === 'stopped')!;
  expect(stopped.tags).toEqual(['reproduce']);
  await page.getByRole('button', { name: 'Train what is missing' }).click();
  await expect.poll(async () => (await runs()).find(({ id }) => id === stopped.id)!.iteration, { timeout: 120_000 }).toBeGreaterThan(stopped.iteration);
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('button', { name: 'Train what is missing' }).waitFor({ timeout: 60_000 });
  expect((await runs()).filter(({ task, method }) => task === stopped.task && method === stopped.method).length).toBeLessThanOrEqual(2);
  client.close();

  await tested.first().click();
  await page.waitForURL(/\/runs\/1$/);
});
