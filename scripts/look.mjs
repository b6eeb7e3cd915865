// `npm run look`: pictures of pages, from the built web host.
import { ensureBuilt, ensureInstalled, main, runNode } from './toolchain.mjs';

await main(() => {
  ensureInstalled();
  ensureBuilt();
  return runNode(['test/e2e/look.ts', ...process.argv.slice(2)]);
});
