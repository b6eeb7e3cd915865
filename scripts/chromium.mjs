// A Chromium of this machine, for tests and pictures.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Its program file; undefined where none is installed. `CHROME_PATH` names another. */
export function findChromium({ env = process.env } = {}) {
  const windows = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean).map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'));
  const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', ...windows];
  return env.CHROME_PATH || candidates.find((path) => existsSync(path));
}

/** Debian's Chromium renders pages for tests and brings a software GPU; tests that need it say so where it cannot be had. */
export function ensureChromium() {
  const canInstall = process.platform === 'linux' && process.getuid() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  if (existsSync('/usr/lib/chromium') || !canInstall) return;
  process.stderr.write('Installing Chromium for the tests…\n');
  const quiet = { stdio: ['ignore', 'ignore', 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-q'], quiet);
  const { status } = spawnSync('apt-get', ['install', '-qy', '--no-install-recommends', 'chromium'], quiet);
  if (status !== 0) process.stderr.write('Chromium could not be installed: tests in a browser and on a software GPU are left out\n');
}
