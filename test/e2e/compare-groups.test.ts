import { expect, it } from 'vitest';
import { ComparePage } from './pages/compare-page.ts';
import { NewRunPage } from './pages/new-run-page.ts';
import { RunsPage } from './pages/runs-page.ts';
import { newData, openPage, openWorkbench, useBrowser } from './support/app.ts';
import { settled } from './support/watched-page.ts';

const chrome = useBrowser();

it('seeds become a group with n, fresh problems are evaluated, and everything shown is in the link', async () => {
  const served = await openWorkbench(newData());
  const page = await openPage(chrome.browser, served, { permissions: ['clipboard-read', 'clipboard-write'] });
  const form = new NewRunPage(page);
  for (const settings of [{ seeds: '1, 2', hidden: 32 }, { seeds: '1', hidden: 16 }]) {
    await form.open(served.origin);
    await form.set({ rank: 2, iterations: 600, probe_every: 200, ...settings });
    await form.start();
  }
  const list = new RunsPage(page);
  await list.open(served.origin);
  for (const id of [1, 2, 3]) await list.row(id).getByText('finished').waitFor({ timeout: 240_000 });

  const compare = new ComparePage(page);
  await compare.open(served.origin, [1, 2, 3, 77]);
  await page.getByText('Run 77 is not in this store').waitFor();
  await page.getByRole('button', { name: 'Take it out' }).click();

  // The keyboard walks the legend: the second run alone, everything again, the first as baseline.
  await compare.legend.first().getByRole('button', { name: /^addition-1/ }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('s');
  await expect.poll(async () => (await compare.table(/^Final error/)).map(([name]) => name)).toEqual([expect.stringContaining('addition-2'), expect.anything()]);
  await page.keyboard.press('s');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('b');
  await compare.legend.first().getByText('baseline').waitFor();

  await page.getByRole('button', { name: /^Group by/ }).click();
  await page.getByLabel('Same settings except the seed').check();
  await page.keyboard.press('Escape');
  await expect.poll(() => compare.legend.count()).toBe(2);
  await compare.legend.first().getByText('n = 2').waitFor();
  await page.getByText('± standard deviation over runs (n − 1)').first().waitFor();

  await page.getByRole('radio', { name: 'Fresh problems' }).click();
  await page.getByRole('button', { name: 'Evaluate 3 runs on 5,632 fresh problems' }).click();
  await page.getByText('3 of 3 runs are evaluated.').waitFor({ timeout: 120_000 });
  const [group, verdict, other] = await compare.table(/^Final error/);
  expect(group![0]).toMatch(/Hidden width 32.*n = 2.*evaluation of 5,632 problems, iteration 600/);
  // After 10, 20, 40, 80 updates and at the lowest energy, same and harder: mean ± deviation each.
  expect(group!.slice(1, 11).every((cell) => /\d.*± .*\d/.test(cell))).toBe(true);
  expect(verdict!.join()).toMatch(/Same, 80 updates: .*predict 0 \(0\.\d+\)/);
  // The other one says how it stands against the baseline.
  expect(other![1]).toMatch(/[+−].*×/);

  await page.getByRole('button', { name: 'Copy or save the table' }).click();
  await page.getByRole('menuitem', { name: 'Copy as Markdown' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^Mean squared error[^]*\| Hidden width 32 \| 2 \| .* ± /);

  await page.getByRole('radio', { name: 'Share of run' }).click();
  await settled(page);
  expect(page.url()).toContain('/compare?v=1&runs=1-3&base=1&group=seeds&x=share');
  const again = await openPage(chrome.browser, served);
  await again.goto(page.url());
  const reopened = new ComparePage(again);
  await reopened.legend.nth(1).waitFor();
  expect(await reopened.legend.allTextContents()).toEqual(await compare.legend.allTextContents());
  expect(await again.getByRole('radio', { name: 'Share of run' }).getAttribute('aria-checked')).toBe('true');
});
