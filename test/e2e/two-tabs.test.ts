import { expect, it } from 'vitest';
import { RunPage } from './pages/run-page.ts';
import { newData, openPage, openWorkbench, useBrowser } from './support/app.ts';
import { startRuns } from './support/runs.ts';

const chrome = useBrowser();

it('what one tab does, the other shows', async () => {
  const served = await openWorkbench(newData());
  const [one, two] = [await openPage(chrome.browser, served), await openPage(chrome.browser, served)];
  const [started] = await startRuns(served, { iterations: 10_000_000 });
  const [first, second] = [new RunPage(one), new RunPage(two)];
  await first.open(served.origin, started!.id);
  await second.open(served.origin, started!.id);
  await Promise.all([first.isPast(300), second.isPast(300)]);

  await first.button(/^Stop/).click();
  await Promise.all([first.isNow('stopped'), second.isNow('stopped')]);
  await second.button('Resume').click();
  await Promise.all([first.isNow('running'), second.isNow('running')]);

  // One that leaves takes nothing from the other.
  await one.close();
  const before = await second.iteration();
  await second.isPast(before + 300);
  await second.button(/^Stop/).click();
  await second.isNow('stopped');
  expect(await second.banner.textContent()).toContain('by you');
});

it('a page outlives the loss of its host, says so, and comes back with it', async () => {
  const data = newData();
  const served = await openWorkbench(data);
  const page = await openPage(chrome.browser, served, { expected: /WebSocket|ERR_CONNECTION_REFUSED/ });
  await page.getByRole('navigation').waitFor();
  // The code of the other pages is fetched ahead: a request that meets the end of the host is a complaint of its own.
  await page.waitForLoadState('networkidle');
  await served.end();
  await page.getByText(/connection/i).first().waitFor();
  expect(await page.getByRole('navigation').isVisible()).toBe(true);
});
