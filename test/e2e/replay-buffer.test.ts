import { expect, it } from 'vitest';
import { ReplayPage } from './pages/replay-page.ts';
import { RunPage } from './pages/run-page.ts';
import { newData, openPage, openWorkbench, useBrowser } from './support/app.ts';
import { axeFindings } from './support/axe.ts';
import { startRuns } from './support/runs.ts';

const chrome = useBrowser();

it('a live run is asked for a copy of its buffer; an entry that a newer copy overwrote stays in sight', async () => {
  const served = await openWorkbench(newData());
  const [started] = await startRuns(served, { iterations: 5_000_000, replay_store_every: 0 });
  const page = await openPage(chrome.browser, served);
  await page.goto(`${served.origin}/replay/${started!.id}`);
  await page.getByText('No copy of the buffer yet').waitFor();
  await page.getByRole('button', { name: 'Take a copy now' }).click();

  const replay = new ReplayPage(page);
  await replay.entries.waitFor();
  await replay.entry(0).click();
  await replay.inspector.getByText('Stored answer y').waitFor();
  // A batch holds 64 rows, the buffer 256: after four iterations nothing of the copy is left.
  await page.keyboard.press('r');
  await replay.inspector.getByText(/^Overwritten by newer answers/).waitFor();
  await replay.inspector.getByText('Stored answer y').waitFor();
  await replay.tab('Reason from here').click();
  await replay.inspector.getByText(/was overwritten by newer answers, so reasoning cannot start from it/).waitFor();
});

it('entries are filtered by false minima, typed ranges and brushes, chosen by keys, and a link comes back to them', async () => {
  const served = await openWorkbench(newData());
  const [started] = await startRuns(served, { iterations: 1500 });
  const page = await openPage(chrome.browser, served);
  const run = new RunPage(page);
  await run.open(served.origin, started!.id);
  await run.isNow('finished');
  const replay = new ReplayPage(page);
  await replay.open(served.origin, started!.id);
  const shown = async () => Number(await replay.entries.getAttribute('aria-rowcount')) - 1;
  expect(await shown()).toBe(256);

  await page.keyboard.press('f');
  await expect.poll(shown).toBeLessThan(128);
  const falseMinima = await shown();
  await page.getByRole('textbox', { name: 'Generation' }).fill('>= 1');
  await expect.poll(shown).toBeLessThan(falseMinima + 1);
  const both = await shown();
  await page.getByRole('button', { name: /^False minima.*remove/ }).click();
  await expect.poll(shown).toBeGreaterThan(both - 1);

  const uses = page.getByRole('group', { name: 'Uses', exact: true });
  const box = (await uses.boundingBox())!;
  await page.mouse.click(box.x + box.width / 3, box.y + 20);
  await page.getByRole('button', { name: /^Uses .*remove/ }).waitFor();
  const filtered = await shown();

  await replay.entries.focus();
  await page.keyboard.press('End');
  const chosen = replay.entries.locator('[aria-selected="true"]');
  expect(Number(await chosen.getAttribute('aria-rowindex'))).toBe(filtered + 1);
  await page.keyboard.press('Home');
  expect(await chosen.getAttribute('aria-rowindex')).toBe('2');
  const title = await replay.inspector.getByRole('heading', { level: 2 }).first().textContent();
  await expect.poll(() => page.url()).toMatch(new RegExp(`uid=${title!.replaceAll(/\D/g, '')}&.*uses:`));

  await page.reload();
  await replay.entries.waitFor();
  await expect.poll(shown).toBe(filtered);
  expect(await replay.inspector.getByRole('heading', { level: 2 }).first().textContent()).toBe(title);
  expect(await axeFindings(page)).toEqual([]);

  await page.getByRole('button', { name: 'Show all' }).click();
  await expect.poll(shown).toBe(256);
  await page.getByRole('button', { name: 'Compute energies now' }).click();
  await replay.entries.getByRole('columnheader', { name: 'Energy now' }).waitFor();
});
