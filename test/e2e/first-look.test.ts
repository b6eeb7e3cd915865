import { expect, it } from 'vitest';
import { newData, openPage, openWorkbench, useBrowser } from './support/app.ts';
import { settled } from './support/watched-page.ts';

const chrome = useBrowser();

it('opens with the address that was printed, and leaves no token in it', async () => {
  const served = await openWorkbench(newData());
  const page = await openPage(chrome.browser, served);
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  await settled(page);
  expect(page.url()).toMatch(new RegExp(`^${served.origin}/`));
  expect(page.url()).not.toContain('token');
  expect(await page.title()).toContain('Basin');
});
