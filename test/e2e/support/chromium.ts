import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const { env, platform } = process;
const windows = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].flatMap((folder) => (folder ? [join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')] : []));
const CANDIDATES = [env['CHROME_PATH'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', ...windows];

/** A Chromium of this machine; undefined where none is installed. `CHROME_PATH` names another. */
export const CHROMIUM: string | undefined = CANDIDATES.find((path) => path !== '' && existsSync(path));

/** Starts it without a window. @throws when there is none */
export function launchChromium(): Promise<Browser> {
  if (!CHROMIUM) throw new Error('No Chromium: install Debian\'s package "chromium" or Chrome, or name one in CHROME_PATH');
  // Its sandbox does not run as root; in containers shared memory is scarce.
  const asRoot = platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: CHROMIUM, args: [...asRoot, '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--no-first-run'] });
}
