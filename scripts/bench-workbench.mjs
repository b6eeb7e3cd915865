// `npm run bench:workbench`: figures of the built workbench in Chromium.
import { findChromium } from './chromium.mjs';
import { ensureBuilt, ensureInstalled, main, runNode } from './toolchain.mjs';

await main(() => {
  ensureInstalled();
  ensureBuilt();
  if (!findChromium()) throw new Error('Nothing measured: no Chromium. Install Debian\'s package "chromium" or Chrome, or name one in CHROME_PATH.');
  return runNode(['test/bench/workbench/main.ts', ...process.argv.slice(2)]);
});
