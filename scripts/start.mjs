// `npm start`: the workbench in a window of its own, or in the browser where there can be none or `--web` asks for it.
import { join } from 'node:path';
import { electronBinary, whyNoSandbox, whyNoWindow } from './desktop.mjs';
import { ensureBuilt, ensureInstalled, main, root, run, runNode } from './toolchain.mjs';

const args = process.argv.slice(2);
const web = args.includes('--web');
const passed = args.filter((arg) => arg !== '--web');

await main(() => {
  ensureInstalled();
  ensureBuilt();
  if (!web) {
    let reason = whyNoWindow();
    const binary = reason ? undefined : electronBinary();
    reason ??= binary ? whyNoSandbox(binary) : "Electron's binary could not be downloaded";
    if (!reason) return run(binary, [root, ...passed]);
    process.stderr.write(`No desktop window: ${reason}. The same workbench opens in your browser.\n`);
  }
  return runNode([join(root, 'dist', 'main', 'web.js'), ...passed]);
});
