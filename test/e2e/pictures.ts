import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveWorkbench } from '../support/served.ts';
import { launchChromium } from './support/chromium.ts';
import { settled, watchedPage } from './support/watched-page.ts';

/*
 * `npm run pictures`: makes the README's pictures (docs/pictures/) from real runs: trains three small ones, opens the pages on them,
 * and photographs what anyone would see.
 */

const CLI = fileURLToPath(new URL('../../dist/main/cli.js', import.meta.url));
const OUT = resolve('docs/pictures');
const RUNS = [
  ['--seed', '0', '--name', 'addition, seed 0'],
  ['--seed', '1', '--name', 'addition, seed 1'],
  ['--seed', '0', '--name', 'addition without replay', '--set', 'replay_capacity=0'],
];
const PICTURES = [
  { name: 'run', address: '/runs/1', theme: 'light' },
  { name: 'compare', address: '/compare?runs=1,2,3', theme: 'light' },
  { name: 'replay', address: '/replay/1', theme: 'dark' },
] as const;

const data = mkdtempSync(join(tmpdir(), 'basin-pictures-'));
mkdirSync(OUT, { recursive: true });
try {
  for (const options of RUNS) {
    const { status } = spawnSync(process.execPath, [CLI, '--data', data, 'train', '--preset', 'quick', ...options], { stdio: ['ignore', 'inherit', 'inherit'] });
    if (status !== 0) throw new Error(`training ended with exit code ${status ?? 'none'}`);
  }
  const served = await serveWorkbench(data);
  const browser = await launchChromium();
  try {
    for (const { name, address, theme } of PICTURES) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: theme });
      const { page, complaints } = await watchedPage(context, served.origin);
      await page.goto(served.url);
      await page.goto(served.origin + address);
      await settled(page);
      await page.waitForLoadState('networkidle');
      await settled(page);
      await page.screenshot({ path: join(OUT, `${name}.png`) });
      if (complaints.length > 0) throw new Error(`${address} complained: ${complaints.join('; ')}`);
      await context.close();
    }
  } finally {
    await browser.close();
    await served.end();
  }
} finally {
  rmSync(data, { recursive: true, force: true });
}
