import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const parser: string = 'js-yaml';
const { load } = (await import(parser)) as { readonly load: (text: string) => unknown };
const read = (file: string): unknown => load(readFileSync(join(root, file), 'utf8'));
const packageJson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string; scripts: Record<string, string> };

interface Target {
  readonly target: readonly { readonly target: string; readonly arch: readonly string[] }[];
  readonly files: readonly { readonly filter: readonly string[] }[];
}

interface Builder {
  readonly appId: string;
  readonly linux: Target;
  readonly mac: Target;
  readonly win: Target;
  readonly electronFuses: Readonly<Record<string, boolean>>;
  readonly protocols: readonly { readonly schemes: readonly string[] }[];
}

describe('electron-builder.yml', () => {
  const config = read('electron-builder.yml') as Builder;

  it('makes packages for Linux, macOS and Windows', () => {
    const targets = (platform: Target) => platform.target.map(({ target }) => target);
    expect(targets(config.linux)).toEqual(['AppImage', 'deb']);
    expect(targets(config.mac)).toEqual(['dmg', 'zip']);
    expect(targets(config.win)).toEqual(['nsis']);
  });

  it.each(['linux', 'mac', 'win'] as const)('has native libraries for every processor that %s packages are made for', (name) => {
    const system = { linux: 'linux', mac: 'darwin', win: 'win32' }[name];
    for (const arch of config[name].target.flatMap((target) => target.arch)) {
      expect(existsSync(join(root, 'node_modules', 'onnxruntime-node', 'bin', 'napi-v6', system, arch, 'onnxruntime_binding.node'))).toBe(true);
      expect(existsSync(join(root, 'node_modules', 'better-sqlite3', 'prebuilds', `${system}-${arch}.node`))).toBe(true);
    }
  });

  it.each(['linux', 'mac', 'win'] as const)('leaves out files that are there: %s', (name) => {
    const excluded = config[name].files.flatMap(({ filter }) => filter.filter((pattern) => pattern.startsWith('!')));
    expect(excluded).toHaveLength(3);
    const others = excluded.filter((pattern) => pattern.includes('{')).map((pattern) => pattern.slice(1));
    for (const pattern of others) expect(globSync(pattern, { cwd: root }).length).toBeGreaterThan(0);
  });

  it('names the app as the app names itself', () => {
    const main = readFileSync(join(root, 'src-main', 'electron', 'main.ts'), 'utf8');
    expect(main).toContain(`'${config.appId}'`);
    const link = readFileSync(join(root, 'src-main', 'electron', 'deep-link.ts'), 'utf8');
    expect(config.protocols.flatMap(({ schemes }) => schemes)).toEqual(['basin']);
    expect(link).toContain("LINK_SCHEME = 'basin'");
  });

  it('has an icon that systems make theirs of: a square of 1024 px', () => {
    const icon = readFileSync(join(root, 'build', 'icon.png'));
    expect(icon.subarray(1, 4).toString()).toBe('PNG');
    expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([1024, 1024]);
  });
});

describe('.github/workflows/desktop.yml', () => {
  interface Step {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, unknown>>;
  }
  const workflow = read('.github/workflows/desktop.yml') as { readonly on: object; readonly permissions: object; readonly jobs: Readonly<Record<string, { readonly strategy: { readonly matrix: { readonly system: readonly string[] } }; readonly steps: readonly Step[] }>> };
  const { strategy, steps } = workflow.jobs['desktop']!;

  it('runs on three systems, and may only read', () => {
    expect(strategy.matrix.system).toEqual(['ubuntu-latest', 'macos-latest', 'windows-latest']);
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(Object.keys(workflow.on)).toEqual(expect.arrayContaining(['push', 'pull_request']));
  });

  it('takes actions by their major version', () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(3);
    for (const uses of used) expect(uses).toMatch(/^actions\/[a-z-]+@v\d+$/);
  });

  it('installs, tests, packages, and tests the package, by commands that are there', () => {
    const commands = steps.flatMap(({ run }) => run ?? []);
    const scripts = commands.flatMap((command) => [...command.matchAll(/npm (?:run )?([\w:-]+)/g)].map(([, script]) => script!));
    expect(scripts).toEqual(['ci', 'test', 'package', 'e2e']);
    for (const script of scripts.filter((name) => name !== 'ci')) expect(packageJson.scripts).toHaveProperty([script]);
    for (const [file] of commands.join('\n').matchAll(/(test|node_modules)\/[\w./-]+/g)) expect(existsSync(join(root, file))).toBe(true);
    expect(commands.some((command) => command.includes('xvfb-run'))).toBe(true);
  });

  it('keeps every kind of package that is made', () => {
    const kept = steps.flatMap((step) => (step.uses?.startsWith('actions/upload-artifact@') ? [String(step.with?.['path'])] : [])).join('\n');
    for (const ending of ['AppImage', 'deb', 'dmg', 'zip', 'exe']) expect(kept).toContain(`packages/*.${ending}`);
  });
});
