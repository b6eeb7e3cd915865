import { expect, it } from 'vitest';
import { ReplayPage } from './pages/replay-page.ts';
import { RunPage } from './pages/run-page.ts';
import { newData, openPage, openWorkbench, useBrowser } from './support/app.ts';
import { startRuns } from './support/runs.ts';

const chrome = useBrowser();

it('a stored answer is inspected, its lineage is read, and reasoning goes on from it', async () => {
  const served = await openWorkbench(newData());
  const [started] = await startRuns(served, { iterations: 2000 });
  const page = await openPage(chrome.browser, served);
  const run = new RunPage(page);
  await run.open(served.origin, started!.id);
  await run.isNow('finished');
  await run.button(/Replay/).click();

  const replay = new ReplayPage(page);
  await replay.entries.waitFor();
  expect(Number(await replay.entries.getAttribute('aria-rowcount'))).toBe(257);
  await replay.entry(2).click();
  expect(await replay.entry(2).getAttribute('aria-selected')).toBe('true');
  const address = page.url();

  await replay.tab('Lineage').click();
  await page.getByRole('tabpanel').getByText(/visit/i).first().waitFor();

  await replay.tab('Reason from here').click();
  await replay.said.waitFor({ timeout: 60_000 });
  expect(await replay.said.textContent()).toContain('20 steps');
  await page.getByRole('tabpanel').getByRole('slider', { name: 'Steps' }).fill('60');
  await page.getByText(/60 steps in/).waitFor();
  await page.getByRole('tabpanel').getByRole('spinbutton', { name: 'Step size' }).or(page.getByRole('tabpanel').getByRole('textbox', { name: 'Step size' })).fill('0.5');
  await page.getByText(/λ = 0\.5/).first().waitFor();

  // The address names the entry: a reload comes back to it.
  await page.goto(address);
  await replay.entries.waitFor();
  await page.locator('[aria-selected="true"][aria-rowindex]').first().waitFor();
});
