import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { ComparePage } from '../pages/compare-page.ts';
import { NewRunPage } from '../pages/new-run-page.ts';
import { ReplayPage } from '../pages/replay-page.ts';
import { RunPage } from '../pages/run-page.ts';
import { RunsPage } from '../pages/runs-page.ts';
import { newData } from '../support/app.ts';
import { settled } from '../support/watched-page.ts';
import { connected, describeDesktop } from './apps.ts';

/** When the test is over, whatever the page complained of fails it. */
function failOnComplaints(page: Page): void {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`));
  onTestFinished(() => expect(complaints).toEqual([]));
}

describeDesktop('from the first launch to reasoning', ({ open }) => {
  it('a guided run is watched to its end, two seeds are started and compared, a stored answer is inspected and reasoned from', { timeout: 600_000 }, async () => {
    const app = await open(newData());
    const page = await app.page();
    await connected(page);
    failOnComplaints(page);
    const go = (name: string) => page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click();

    await page.getByRole('button', { name: 'Start the guided run' }).click();
    await page.waitForURL(/\/runs\/1\?guide=1/);
    const run = new RunPage(page);
    await run.chart(/^Energy E, mean over/).getByRole('heading', { name: /iteration [\d,]+/ }).waitFor({ timeout: 120_000 });
    await run.guide.getByText(/Energy falls step by step/).waitFor();
    await run.isNow('finished', 240_000);
    expect(await run.iteration()).toBe(16_000);

    await go('New');
    await settled(page);
    const form = new NewRunPage(page);
    await form.set({ seeds: '3, 4', rank: 2, hidden: 32, iterations: 1000, probe_every: 250 });
    await form.start();
    await go('Runs');
    const list = new RunsPage(page);
    for (const id of [2, 3]) await list.row(id).getByText('finished').waitFor({ timeout: 240_000 });

    await list.choose(2, 3);
    await page.getByRole('toolbar', { name: 'Chosen runs' }).getByRole('button', { name: 'Compare' }).click();
    const compare = new ComparePage(page);
    await compare.legend.nth(1).waitFor();
    await settled(page);
    expect(await compare.table(/^Settings that differ/)).toContainEqual(expect.arrayContaining(['Seed', '3', '4']));

    await go('Runs');
    await list.row(1).getByRole('link').first().click();
    await run.button(/Replay/).click();
    const replay = new ReplayPage(page);
    await replay.entries.waitFor();
    await replay.entry(2).click();
    await replay.tab('Reason from here').click();
    await replay.said.waitFor({ timeout: 60_000 });
    expect(await replay.said.textContent()).toContain('20 steps');
  });
});
