// `npm run pictures`: the pictures of the README, from real runs.
import { findChromium } from './chromium.mjs';
import { ensureBuilt, ensureInstalled, main, runNode } from './toolchain.mjs';

await main(() => {
  ensureInstalled();
  ensureBuilt();
  if (!findChromium()) throw new Error('No pictures: no Chromium. Install Debian\'s package "chromium" or Chrome, or name one in CHROME_PATH.');
  return runNode(['test/e2e/pictures.ts', ...process.argv.slice(2)]);
});
