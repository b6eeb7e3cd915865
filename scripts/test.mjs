// `npm test`: everything that must hold, in the order in which it is cheapest to fail.
import { spawnSync } from 'node:child_process';
import { ensureChromium } from './chromium.mjs';
import { ensureBuilt, ensureInstalled, main, root } from './toolchain.mjs';

const CHECKS = ['lint', 'types', 'unit', 'integration', 'e2e'];

await main(() => {
  ensureInstalled();
  ensureBuilt();
  ensureChromium();
  for (const check of CHECKS) {
    process.stdout.write(`\n── ${check}\n`);
    const { status } = spawnSync('npm', ['run', '--silent', check], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
    if (status !== 0) {
      process.stderr.write(`\n${check} failed\n`);
      return 1;
    }
  }
  return 0;
});
