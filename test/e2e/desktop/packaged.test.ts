import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { newData } from '../support/app.ts';
import { ask, connected, startEndless } from './apps.ts';

const packages = join(import.meta.dirname, '..', '..', '..', 'packages');
/** What `npm run package` leaves unpacked on this system. */
const PACKAGED = [join('linux-unpacked', 'basin'), join('mac-arm64', 'Basin.app', 'Contents', 'MacOS', 'Basin'), join('win-unpacked', 'Basin.exe')].map((name) => join(packages, name)).find((path) => existsSync(path));
if (!PACKAGED) process.stdout.write('the packaged app: not run: no package; `npm run package` makes one\n');

/** Its fuses let no debugger into the main process: only the page is seen. */
describe.skipIf(!PACKAGED)('the packaged app', () => {
  it('opens and trains from its archive', async () => {
    const data = newData();
    const app = spawn(PACKAGED!, ['--data', data, '--remote-debugging-port=0'], { stdio: 'ignore' });
    const ended = new Promise((resolve) => app.once('exit', resolve));
    try {
      const port = join(data, 'window', 'DevToolsActivePort');
      await expect.poll(() => existsSync(port) && readFileSync(port, 'utf8').split('\n').length > 1, { timeout: 30_000 }).toBe(true);
      const browser = await chromium.connectOverCDP(`http://127.0.0.1:${readFileSync(port, 'utf8').split('\n')[0]!}`);
      const page = browser.contexts()[0]!.pages()[0] ?? (await browser.contexts()[0]!.waitForEvent('page'));
      await connected(page);
      const run = await startEndless(page);
      const { run: stopped } = await ask(page, 'runs.stop', { run });
      expect(stopped.status).toBe('stopped');
    } finally {
      app.kill('SIGKILL');
      await ended;
    }
  });
});
