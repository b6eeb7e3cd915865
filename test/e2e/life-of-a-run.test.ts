import { expect, it } from 'vitest';
import { RunPage } from './pages/run-page.ts';
import { newData, openPage, openWorkbench, useBrowser } from './support/app.ts';
import { DIVERGING, startRuns, trainerOf } from './support/runs.ts';

const chrome = useBrowser();

it('a run is stopped, goes on, loses its process, and goes on from its last checkpoint', async () => {
  const data = newData();
  const served = await openWorkbench(data);
  const [started] = await startRuns(served, { iterations: 10_000_000 });
  const page = await openPage(chrome.browser, served);
  const run = new RunPage(page);
  await run.open(served.origin, started!.id);
  await run.isNow('running');
  await run.isPast(600);

  await run.button(/^Stop/).click();
  await run.isNow('stopped');
  expect(await run.banner.textContent()).toMatch(/Stopped at iteration [\d,]+ by you.*Checkpoint [\d,]+ is kept/);
  const stoppedAt = await run.iteration();

  await run.button('Resume').click();
  await run.isNow('running');
  await run.isPast(stoppedAt + 600);
  process.kill(trainerOf(data, started!.id), 'SIGKILL');
  await run.isNow('interrupted');
  expect(await run.banner.textContent()).toMatch(/Its process ended at iteration [\d,]+.*Kept/);
  await page.getByRole('log', { name: 'Messages' }).getByText(/killed|SIGKILL|process/i).first().waitFor();

  const lostAt = await run.iteration();
  await run.button(/^Resume/).click();
  await run.isNow('running');
  await run.banner.waitFor({ state: 'detached' });
  await run.isPast(lostAt + 600);
  await run.button(/^Stop/).click();
  await run.isNow('stopped');
});

it('a run whose steps are huge diverges, says where, and offers a fork with half of them', async () => {
  const served = await openWorkbench(newData());
  const [started] = await startRuns(served, DIVERGING);
  const page = await openPage(chrome.browser, served);
  const run = new RunPage(page);
  await run.open(served.origin, started!.id);
  await run.isNow('diverged');
  expect(await run.banner.textContent()).toMatch(/Diverged at iteration [\d,]+.*(energy|loss|the gradient) stopped being finite/);
  await run.banner.getByRole('link', { name: /λ halved/ }).click();
  await page.waitForURL(/\/new\?/);
  await page.locator('#setting-step_size').waitFor();
  expect(await page.locator('#setting-step_size').inputValue()).toBe('500000');
});

it('a page that is reloaded while a run trains shows the same run, and goes on with it', async () => {
  const served = await openWorkbench(newData());
  const [started] = await startRuns(served, { iterations: 10_000_000 });
  const page = await openPage(chrome.browser, served);
  const run = new RunPage(page);
  await run.open(served.origin, started!.id);
  await run.isPast(500);
  const before = await run.iteration();
  await page.reload();
  await run.isNow('running');
  await run.isPast(before + 500);
  await run.chart(/^Loss/).waitFor();
  await run.button(/^Stop/).click();
  await run.isNow('stopped');
});
