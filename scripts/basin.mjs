#!/usr/bin/env node
// The `basin` command: installs and builds what is missing, then hands over to the built command line.
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, main, root, runNode } from './toolchain.mjs';

await main(() => {
  ensureInstalled();
  ensureBuilt();
  return runNode([join(root, 'dist', 'main', 'cli.js'), ...process.argv.slice(2)]);
});
