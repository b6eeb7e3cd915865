import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { launchChromium } from './chromium.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';
import { serveWorkbench, type Served } from '../../support/served.ts';
import { watchedPage } from './watched-page.ts';

/** One browser for the tests of a file. */
export function useBrowser(): { readonly browser: Browser } {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  return {
    get browser() {
      return browser!;
    },
  };
}

/** A data folder that goes with the running test, or, made outside of one, when the file's tests are over. */
export const newData = (): string => scratchFolder('e2e');

/** A workbench of its own for the running test, ended with it. */
export async function openWorkbench(data: string): Promise<Served> {
  const served = await serveWorkbench(data);
  onTestFinished(async () => {
    await served.end();
  });
  return served;
}

/**
 * A browser's page, let in. When the test is over, whatever the page complained of fails it; a picture of a failed one goes to
 * artifacts/e2e/.
 *
 * @param expected complaints that the test is about
 */
export async function openPage(browser: Browser, served: Served, options: BrowserContextOptions & { readonly expected?: RegExp } = {}): Promise<Page> {
  const { expected, ...contextOptions } = options;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...contextOptions });
  const { page, complaints } = await watchedPage(context, served.origin);
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await page.screenshot({ path: join('artifacts', 'e2e', `${task.name.replace(/\W+/g, '-')}-${Date.now()}.png`) }).catch(() => undefined);
    await context.close();
    expect(complaints.filter((complaint) => !expected?.test(complaint))).toEqual([]);
  });
  await page.goto(served.url);
  return page;
}
