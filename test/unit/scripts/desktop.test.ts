import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

interface Desktop {
  readonly whyNoWindow: (machine: { platform: string; env: Record<string, string>; uid?: number }) => string | undefined;
  readonly whyNoSandbox: (binary: string, restriction: string) => string | undefined;
}
const script: string = new URL('../../../scripts/desktop.mjs', import.meta.url).href;
const { whyNoWindow, whyNoSandbox } = (await import(script)) as Desktop;

describe('a window', () => {
  it('needs a display on Linux, X11 or Wayland', () => {
    expect(whyNoWindow({ platform: 'linux', env: {}, uid: 1000 })).toBe('there is no display');
    expect(whyNoWindow({ platform: 'linux', env: { DISPLAY: '' }, uid: 1000 })).toBe('there is no display');
    expect(whyNoWindow({ platform: 'linux', env: { DISPLAY: ':0' }, uid: 1000 })).toBeUndefined();
    expect(whyNoWindow({ platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' }, uid: 1000 })).toBeUndefined();
  });

  it('is not opened as root, where the sandbox would have to go', () => {
    expect(whyNoWindow({ platform: 'linux', env: { DISPLAY: ':0' }, uid: 0 })).toContain('root');
  });

  it('is always to be had on macOS and Windows', () => {
    expect(whyNoWindow({ platform: 'darwin', env: {}, uid: 501 })).toBeUndefined();
    expect(whyNoWindow({ platform: 'win32', env: {} })).toBeUndefined();
  });
});

it('the sandbox is forbidden where programs may make no user namespaces and its helper has no rights', () => {
  const folder = mkdtempSync(join(tmpdir(), 'basin-desktop-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [restriction, binary, helper] = [join(folder, 'restriction'), join(folder, 'electron'), join(folder, 'chrome-sandbox')];
  expect(whyNoSandbox(binary, restriction)).toBeUndefined();
  writeFileSync(restriction, '0\n');
  expect(whyNoSandbox(binary, restriction)).toBeUndefined();
  writeFileSync(restriction, '1\n');
  expect(whyNoSandbox(binary, restriction)).toContain(`chmod 4755 ${helper}`);
  writeFileSync(helper, '');
  expect(whyNoSandbox(binary, restriction)).toContain('sudo chown root');
  chmodSync(helper, 0o4755);
  // Only as root can a test own a file as root.
  expect(whyNoSandbox(binary, restriction) === undefined).toBe(process.getuid?.() === 0);
});
