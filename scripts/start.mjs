// `npm start`: until there is a window, trains the quick preset in this terminal.
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, main, root, runNode } from './toolchain.mjs';

await main(() => {
  ensureInstalled();
  ensureBuilt();
  return runNode([join(root, 'dist', 'main', 'cli.js'), 'train', '--preset', 'quick', ...process.argv.slice(2)]);
});
