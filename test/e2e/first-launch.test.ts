import { expect, it } from 'vitest';
import { RunPage } from './pages/run-page.ts';
import { newData, openPage, openWorkbench, useBrowser } from './support/app.ts';

const chrome = useBrowser();

it('an empty store welcomes; one click starts the guided run, which is watched until it has finished', async () => {
  const served = await openWorkbench(newData());
  const page = await openPage(chrome.browser, served);
  await page.getByRole('heading', { name: 'Watch a model reason' }).waitFor();
  await page.getByRole('button', { name: 'Start the guided run' }).click();
  await page.waitForURL(/\/runs\/1\?guide=1/);
  const run = new RunPage(page);
  await run.isNow('running');

  // The story: energy falls step by step, the error comes below what needs no learning.
  await run.chart(/^Energy E, mean over/).getByRole('heading', { name: /iteration [\d,]+/ }).waitFor({ timeout: 120_000 });
  await run.chart(/^Error, mean squared/).getByRole('heading', { name: /iteration [\d,]+/ }).waitFor();
  await run.guide.getByText(/Energy falls step by step/).waitFor();

  await run.isNow('finished', 240_000);
  expect(await run.iteration()).toBe(16_000);
  while (await run.guide.getByRole('button', { name: 'Next' }).isEnabled()) await run.guide.getByRole('button', { name: 'Next' }).click();
  await run.guide.getByText(/what to try next/).waitFor();
  await page.getByRole('log', { name: 'Messages' }).getByText(/finished/i).first().waitFor();

  // The welcome has been answered: the list has the run, at its end.
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Runs' }).click();
  await page.locator('[data-run="1"]').getByText('finished').waitFor();
});
