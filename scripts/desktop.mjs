// Whether the desktop window can be opened here, and Electron's program file to open it with.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { node24, root } from './toolchain.mjs';

/** The binary is about 110 MB. */
const DOWNLOAD_MS = 180_000;

const electron = join(root, 'node_modules', 'electron');

/** Why there can be no window, in words that follow "no desktop window:"; undefined where there can. */
export function whyNoWindow({ platform = process.platform, env = process.env, uid = process.getuid?.() } = {}) {
  if (platform !== 'linux') return undefined;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display';
  if (uid === 0) return "Electron's sandbox does not run as root";
  return undefined;
}

/** Why Chromium's sandbox cannot start with this binary; undefined where it can. Ubuntu lets only known programs make user namespaces. */
export function whyNoSandbox(binary, restriction = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns') {
  if (!existsSync(restriction) || readFileSync(restriction, 'utf8').trim() !== '1') return undefined;
  const helper = join(binary, '..', 'chrome-sandbox');
  const { uid, mode } = existsSync(helper) ? statSync(helper) : { uid: -1, mode: 0 };
  if (uid === 0 && mode & 0o4000) return undefined;
  return `this system forbids Electron's sandbox; to allow it: sudo chown root ${helper} && sudo chmod 4755 ${helper}`;
}

/** Electron's program file, downloaded if need be; undefined where it cannot be had. */
export function electronBinary() {
  const known = installed();
  if (known) return known;
  process.stderr.write("Getting Electron's binary (about 110 MB, once)…\n");
  spawnSync(node24(), [join(electron, 'install.js')], { cwd: root, stdio: 'ignore', timeout: DOWNLOAD_MS });
  return installed();
}

function installed() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(electron, 'dist');
  const name = join(electron, 'path.txt');
  const binary = join(folder, existsSync(name) ? readFileSync(name, 'utf8') : 'electron');
  return existsSync(binary) ? binary : undefined;
}
