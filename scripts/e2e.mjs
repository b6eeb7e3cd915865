// `npm run e2e`: drives the built workbench in Chromium.
import { findChromium } from './chromium.mjs';
import { ensureBuilt, ensureInstalled, main, runNode } from './toolchain.mjs';

await main(() => {
  ensureInstalled();
  ensureBuilt();
  if (!findChromium()) {
    process.stdout.write('Not run: no Chromium. Install Debian\'s package "chromium" or Chrome, or name one in CHROME_PATH.\n');
    return 0;
  }
  return runNode(['node_modules/vitest/vitest.mjs', 'run', '--project', 'e2e', ...process.argv.slice(2)]);
});
