import { chromium, type Browser } from 'playwright-core';

const finder: string = new URL('../../../scripts/chromium.mjs', import.meta.url).href;
const { findChromium } = (await import(finder)) as { readonly findChromium: () => string | undefined };

/** A Chromium of this machine; undefined where none is installed. */
export const CHROMIUM: string | undefined = findChromium();

/** Starts it without a window. */
export function launchChromium(): Promise<Browser> {
  if (!CHROMIUM) throw new Error('No Chromium: install Debian\'s package "chromium" or Chrome, or name one in CHROME_PATH');
  // Its sandbox does not run as root; in containers shared memory is scarce.
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: CHROMIUM, args: [...asRoot, '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--no-first-run'] });
}
