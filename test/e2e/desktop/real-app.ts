import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import type { DesktopApp, Exit } from './desktop-app.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** Electron's program file; undefined where it could not be downloaded. */
export const ELECTRON: string | undefined = (() => {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(root, 'node_modules', 'electron', 'dist');
  const name = join(root, 'node_modules', 'electron', 'path.txt');
  const binary = join(folder, existsSync(name) ? readFileSync(name, 'utf8') : 'electron');
  return existsSync(binary) ? binary : undefined;
})();

/** Starts the built app in Electron itself. */
export async function startElectron(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<DesktopApp> {
  const { BASIN_DATA: _, ...own } = process.env as Record<string, string>;
  const app = await _electron.launch({ executablePath: ELECTRON!, args: [root, ...args], env: { ...own, ...env } });
  const child = app.process();
  let heard = '';
  child.stdout?.on('data', (text: Buffer) => (heard += text.toString()));
  child.stderr?.on('data', (text: Buffer) => (heard += text.toString()));
  return {
    kind: 'electron',
    exited: new Promise<Exit>((resolve) => child.once('close', (code, signal) => resolve({ code, signal }))),
    output: () => heard,
    evaluate: ((work: never, argument: unknown) => app.evaluate(work, argument)),
    signal: (signal) => void child.kill(signal),
    page: () => app.firstWindow(),
  };
}

/** Starts the built app in Electron without a hand in it: it ends before one could be had. */
export function startElectronAlone(args: readonly string[]): Promise<Exit> {
  const { BASIN_DATA: _, ...own } = process.env;
  const child = spawn(ELECTRON!, [root, ...args], { env: own, stdio: 'ignore' });
  return new Promise((resolve, reject) => child.once('error', reject).once('exit', (code, signal) => resolve({ code, signal })));
}
