import type { BrowserContext, Page } from 'playwright-core';

/** A page, and everything about it that a person would call broken. */
export interface WatchedPage {
  readonly page: Page;
  /** Console errors and warnings, uncaught errors, violations of the content policy, requests that failed or went elsewhere. */
  readonly complaints: readonly string[];
}

/** Opens an empty page that may only talk to `origin`. */
export async function watchedPage(context: BrowserContext, origin: string): Promise<WatchedPage> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('crash', () => complaints.push('the page crashed'));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && url.protocol !== 'blob:' && url.protocol !== 'data:') complaints.push(`request to another host: ${request.url()}`);
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== new URL(origin).host) complaints.push(`channel to another host: ${socket.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} for ${response.url()}`);
  });
  await page.exposeFunction('complainOfPolicy', (text: string) => complaints.push(`content policy: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
      (window as unknown as { complainOfPolicy(text: string): void }).complainOfPolicy(`${violatedDirective} blocked ${blockedURI || 'inline'} (${sourceFile}:${lineNumber})`);
    });
  });
  return { page, complaints };
}

/** Waits until a page shows what it has: fonts are there, nothing says that it is busy, and a frame was drawn since. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('main')?.childElementCount && !document.querySelector('[aria-busy="true"]'));
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}
