import { ensureBuilt, ensureInstalled, main } from './toolchain.mjs';
await main(() => {
  ensureInstalled();
  ensureBuilt();
  return 0;
});
