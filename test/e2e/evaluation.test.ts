import { expect, it } from 'vitest';
import { RunPage } from './pages/run-page.ts';
import { newData, openPage, openWorkbench, useBrowser } from './support/app.ts';
import { startRuns } from './support/runs.ts';

const chrome = useBrowser();

it('energy against error of a trained run, along the descent and from noise to the answer; a baseline says that it has no energy', async () => {
  const served = await openWorkbench(newData());
  const [trained] = await startRuns(served, { iterations: 600 });
  const [baseline] = await startRuns(served, { iterations: 20, method: 'feedforward' });
  const page = await openPage(chrome.browser, served);
  const run = new RunPage(page);
  await run.open(served.origin, trained!.id);
  await run.isNow('finished');
  await run.button('Energy vs error').click();
  const dialog = page.getByRole('dialog', { name: 'Energy against error' });
  await dialog.getByRole('button', { name: 'Compute' }).click();
  await dialog.getByText(/^Rank correlation/).waitFor({ timeout: 120_000 });
  const chart = dialog.locator('figure');
  expect(await chart.locator('figcaption').textContent()).toMatch(/^Error against energy, along the descent\. .*points: Energy E from \S+ to \S+, Mean squared error from/);
  const alongDescent = await dialog.getByText(/^Rank correlation/).textContent();

  await dialog.getByRole('radio', { name: 'From noise to the answer' }).click();
  await expect.poll(() => dialog.getByText(/^Rank correlation/).textContent()).not.toBe(alongDescent);
  await dialog.getByRole('radio', { name: 'Harder' }).click();
  await dialog.getByText('Error against energy, from noise to the answer, harder problems', { exact: true }).first().waitFor();

  // Where nothing can fill the window it is not offered; the table is.
  await dialog.getByRole('button', { name: /^Chart menu/ }).click();
  expect(await page.getByRole('menuitemcheckbox', { name: 'Fill the window' }).count() + (await page.getByRole('menuitem', { name: 'Fill the window' }).count())).toBe(0);
  await page.getByText('Show as table', { exact: true }).click();
  const cells = await dialog.getByRole('row').nth(1).textContent();
  expect(cells).toMatch(/^Problem 1, 0 % of the way/);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  await run.open(served.origin, baseline!.id);
  await run.isNow('finished');
  // There is something to evaluate once the page knows of the checkpoint.
  await expect.poll(() => run.button('Energy vs error').isEnabled()).toBe(true);
  await page.keyboard.press('v');
  await dialog.getByText(/^This method has no energy: a network gives the answer in one pass/).waitFor();
  expect(await dialog.getByRole('button', { name: 'Compute' }).count()).toBe(0);
});

it('an evaluation says how the errors of the problems are spread, and the model is tested beside trivial answers', async () => {
  const served = await openWorkbench(newData());
  const [trained] = await startRuns(served, { iterations: 600 });
  const page = await openPage(chrome.browser, served);
  const run = new RunPage(page);
  await run.open(served.origin, trained!.id);
  await run.isNow('finished');
  await run.button('Evaluate').click();
  const dialog = page.getByRole('dialog', { name: 'Evaluate on fresh problems' });
  // Addition has one size.
  expect(await dialog.getByRole('checkbox').count()).toBe(0);
  await dialog.locator('select').nth(1).selectOption('512');
  await dialog.getByRole('button', { name: 'Evaluate' }).click();
  await dialog.getByText(/^After 80 updates the model/).first().waitFor({ timeout: 120_000 });
  const spread = dialog.locator('figure', { has: page.getByRole('heading', { name: 'Problems by error after 80 updates', exact: true }) });
  expect(await spread.locator('figcaption').textContent()).toMatch(/^Problems by error after 80 updates\. 512 values from \S+ to \S+, most often between/);
  await dialog.getByRole('heading', { name: 'Problems by error after 80 updates, harder' }).waitFor();
});
