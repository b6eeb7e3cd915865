import { expect, it } from 'vitest';
import { ComparePage } from './pages/compare-page.ts';
import { NewRunPage } from './pages/new-run-page.ts';
import { RunsPage } from './pages/runs-page.ts';
import { newData, openPage, openWorkbench, useBrowser } from './support/app.ts';
import { settled } from './support/watched-page.ts';

const chrome = useBrowser();

it('two seeds are started from the form, finish, are compared, and the link opens the same view again', async () => {
  const served = await openWorkbench(newData());
  const page = await openPage(chrome.browser, served);
  const form = new NewRunPage(page);
  await form.open(served.origin);
  await form.set({ seeds: 'x' });
  expect(await page.locator('#seeds-hint').getAttribute('class')).toContain('error');
  await form.set({ seeds: '3, 4', rank: 2, hidden: 32, iterations: 1000, probe_every: 250, learning_rate: 2 });
  await page.getByText(/Learning rate.*(at most|to) 1/).first().waitFor();
  await form.set({ learning_rate: 0.001 });
  await form.start();

  const list = new RunsPage(page);
  await list.open(served.origin);
  for (const id of [1, 2]) await list.row(id).getByText('finished').waitFor({ timeout: 240_000 });
  await list.choose(1, 2);
  await page.getByRole('toolbar', { name: 'Chosen runs' }).getByRole('button', { name: 'Compare' }).click();

  const compare = new ComparePage(page);
  await compare.legend.nth(1).waitFor();
  await settled(page);
  expect(await compare.legend.count()).toBe(2);
  expect(await compare.table(/^Settings that differ/)).toContainEqual(expect.arrayContaining(['Seed', '3', '4']));
  const results = await compare.table(/^Final error/);
  expect(results.length).toBeGreaterThanOrEqual(2);
  // Both have measured errors after ten updates.
  for (const row of results.slice(0, 2)) expect(row.join(' ')).toMatch(/\d(\.\d+)?(e[−-]\d+)?/);

  // A run that is picked among the points is marked in legend, table and curves; picked again, it is not.
  const points = page.getByRole('application', { name: /^Error of the newest probe/ });
  const marked = page.getByRole('status').filter({ hasText: 'Marked:' });
  await points.focus();
  // A chart is drawn once it can be seen; before that no point can be walked to.
  await expect.poll(async () => {
    await page.keyboard.press('ArrowRight');
    return points.locator('.reading').count();
  }).toBe(1);
  await page.keyboard.press('Enter');
  await marked.waitFor();
  const name = await marked.getByRole('link').innerText();
  expect(await compare.legend.filter({ hasText: 'marked' }).allTextContents()).toEqual([expect.stringContaining(name)]);
  expect((await compare.table(/^Final error/)).filter((row) => row[0]!.includes('marked'))).toEqual([expect.arrayContaining([expect.stringContaining(name)])]);
  await page.keyboard.press('Enter');
  await marked.waitFor({ state: 'detached' });

  await page.getByRole('radio', { name: 'Fresh problems' }).click();
  await page.waitForURL(/errors=evaluation/);
  const link = page.url();
  const again = await openPage(chrome.browser, served);
  await again.goto(link);
  const other = new ComparePage(again);
  await other.legend.nth(1).waitFor();
  expect(await other.legend.allTextContents()).toEqual(await compare.legend.allTextContents());
  expect(await again.getByRole('radio', { name: 'Fresh problems' }).isChecked()).toBe(true);
});
