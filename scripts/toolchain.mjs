// What every script needs: packages installed, sources built, and a Node of the right version to run them.
// Runs on the system's Node (20 or newer) with nothing installed, so it uses Node's own modules alone.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The Node 24 that the `node` package brought; the running Node where that is missing but new enough. */
export function node24() {
  const bundled = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(bundled)) return bundled;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Error(`Basin needs Node 24 and found ${process.versions.node}: the npm package "node" did not install. Run \`npm ci --allow-scripts\` or use Node 24.`);
}

function sourceFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest('hex');
}

function must(command, args, why) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (error || status !== 0) throw new Error(`${why} failed: ${command} ${args.join(' ')}${error ? ` (${error.message})` : ` (exit ${status})`}`);
}

/** Installs the packages of package-lock.json unless exactly they are there. */
export function ensureInstalled() {
  if (isInstalled()) return;
  process.stderr.write('Installing packages (first start, about half a minute)…\n');
  must('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'Installing packages');
}

/** Compares with npm's own record of what it installed, which it writes last. Packages for other systems are left out there. */
function isInstalled() {
  const packagesOf = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  try {
    const there = packagesOf('node_modules/.package-lock.json');
    return Object.entries(packagesOf('package-lock.json')).every(([path, { version, optional }]) => path === '' || there[path]?.version === version || (optional && !there[path]));
  } catch {
    return false;
  }
}

/** What is bundled: the Node side (one file a process), the desktop window's preload, and the page. */
const BUNDLES = ['vite.main.config.mjs', 'vite.preload.config.mjs', 'vite.renderer.config.mjs'];

/** Builds dist/ unless it was built from exactly these sources. */
export function ensureBuilt() {
  const files = [...['src-main', 'src-renderer', 'db'].flatMap((folder) => sourceFiles(join(root, folder))), ...BUNDLES.map((config) => join(root, config)), join(root, 'package-lock.json')];
  const stamp = join(root, 'dist', 'sources.sha256');
  const hash = hashOf(files);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  process.stderr.write('Building…\n');
  rmSync(stamp, { force: true });
  for (const config of BUNDLES) must(node24(), ['node_modules/vite/bin/vite.js', 'build', '--config', config, '--logLevel', 'warn'], 'Building');
  writeFileSync(stamp, hash);
}

/** Runs a script on Node 24 in the foreground, passing signals on; resolves with its exit code. */
export const runNode = (args, options = {}) => run(node24(), args, options);

/** Runs a program in the foreground, passing signals on; resolves with its exit code. */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options });
    const forward = (signal) => child.kill(signal);
    // A terminal's Ctrl-C reaches the child by itself (same group): only keep this parent alive until it has ended.
    const interrupt = (signal) => process.stdin.isTTY || forward(signal);
    process.on('SIGTERM', forward).on('SIGHUP', forward).on('SIGINT', interrupt);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      process.off('SIGTERM', forward).off('SIGHUP', forward).off('SIGINT', interrupt);
      resolve(signal ? 128 + (signal === 'SIGINT' ? 2 : 15) : (code ?? 1));
    });
  });
}

/** Ends the script with a message on one line where something it needs is missing. */
export async function main(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
