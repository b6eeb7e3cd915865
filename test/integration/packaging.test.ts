import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { build, Platform } from 'electron-builder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connected, startEndless, ask } from '../e2e/desktop/apps.ts';
import { startStandin } from '../e2e/desktop/standin-app.ts';
import { CHROMIUM } from '../e2e/support/chromium.ts';
import { extractAsar, readAsar, type AsarFile } from '../support/asar.ts';
import { fakeElectron } from '../support/fake-electron.ts';

const root = join(import.meta.dirname, '..', '..');
const scratch = mkdtempSync(join(tmpdir(), 'basin-packages-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Electron-builder itself judges the configuration, and packs the app as it would, around a program file without Electron in it. */
describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')('the package for Linux', () => {
  const app = join(scratch, 'linux-unpacked');
  const archive = join(app, 'resources', 'app.asar');
  let files: AsarFile[] = [];

  beforeAll(async () => {
    await build({ targets: Platform.LINUX.createTarget('dir'), projectDir: root, publish: 'never', config: { electronDist: fakeElectron(join(scratch, 'electron')), directories: { output: scratch } } });
    files = readAsar(archive);
  });

  const paths = () => files.map(({ path }) => path);

  it('has what starts, what is shown and what trains', () => {
    const dist = paths().filter((path) => path.startsWith('dist/'));
    expect(dist).toEqual(expect.arrayContaining(['dist/main/electron.js', 'dist/main/trainer.js', 'dist/main/trial.js', 'dist/main/engine-probe.js', 'dist/main/engine-worker.js', 'dist/preload/preload.cjs', 'dist/renderer/index.html']));
    expect(paths().filter((path) => !/^(dist|node_modules)\/|^package\.json$/.test(path))).toEqual([]);
    const { main } = JSON.parse(Buffer.from(files.find(({ path }) => path === 'package.json')!.read()).toString()) as { main: string };
    expect(dist).toContain(main);
  });

  it('has packages that run, and none that build, test or are bundled into the page', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, { version: string; dev?: boolean; devOptional?: boolean }> };
    // The packager lays folders out anew: a package is known by its name and version.
    const nameOf = (folder: string) => folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const needed = new Set(Object.entries(lock.packages).flatMap(([folder, { version, dev, devOptional }]) => (dev || devOptional ? [] : [`${nameOf(folder)}@${version}`])));
    const packed = files
      .filter(({ path }) => /(^|\/)node_modules\/(@[^/]+\/)?[^/@]+\/package\.json$/.test(path))
      .map((file) => `${nameOf(file.path).replace(/\/package\.json$/, '')}@${(JSON.parse(Buffer.from(file.read()).toString()) as { version: string }).version}`);
    expect(packed.length).toBeGreaterThan(20);
    expect(packed.filter((name) => !needed.has(name))).toEqual([]);
    for (const name of ['electron', 'vue', 'vite', '@tensorflow/tfjs-node-gpu']) expect(paths().some((path) => path.startsWith(`node_modules/${name}/`))).toBe(false);
  });

  it('has native libraries of its own system alone, as real files beside the archive', () => {
    const native = files.filter(({ path }) => /\.(node|dll|dylib|so(\.\d+)*)$/.test(path));
    expect(native.map(({ path }) => path).sort()).toEqual([
      'node_modules/better-sqlite3/prebuilds/linux-x64.node',
      'node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1',
      'node_modules/onnxruntime-node/bin/napi-v6/linux/x64/onnxruntime_binding.node',
    ]);
    for (const { path, unpacked } of native) {
      expect(unpacked).toBe(true);
      expect(existsSync(join(`${archive}.unpacked`, path))).toBe(true);
    }
  });

  it('has the hash of every file in the archive, which Electron checks', () => {
    const ours = files.filter(({ path, size }) => path.startsWith('dist/') && size > 0);
    for (const file of ours) expect(file.hash).toBe(createHash('sha256').update(file.read()).digest('hex'));
  });

  it('has its fuses set: no Node, no options, no debugger from outside; only our archive, and unchanged', async () => {
    const wire = await getCurrentFuseWire(join(app, 'basin'));
    const state = (fuse: FuseV1Options) => String.fromCharCode(Number(wire[fuse]));
    expect({
      runAsNode: state(FuseV1Options.RunAsNode),
      cookies: state(FuseV1Options.EnableCookieEncryption),
      nodeOptions: state(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: state(FuseV1Options.EnableNodeCliInspectArguments),
      integrity: state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      onlyArchive: state(FuseV1Options.OnlyLoadAppFromAsar),
      filePrivileges: state(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      runAsNode: '0',
      cookies: '1',
      nodeOptions: '0',
      inspect: '0',
      integrity: '1',
      onlyArchive: '1',
      filePrivileges: '0',
    });
  });

  it.skipIf(!CHROMIUM)('lacks nothing: taken out of its archive and far from this project, it opens and trains', async () => {
    const taken = join(scratch, 'taken');
    extractAsar(archive, taken);
    const running = startStandin(['--data', join(scratch, 'data')], {}, join(taken, 'dist', 'main', 'electron.js'));
    try {
      const page = await running.page();
      await connected(page);
      const run = await startEndless(page);
      await ask(page, 'runs.stop', { run });
    } finally {
      await running.evaluate(({ app: desktop }) => desktop.exit()).catch(() => undefined);
      await running.exited;
    }
  });
});
