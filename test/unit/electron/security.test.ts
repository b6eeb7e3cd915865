import { EventEmitter } from 'node:events';
import type { Session } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { guardContents, guardSession } from '../../../src-main/electron/security.ts';

const electron = vi.hoisted(() => ({ opened: [] as string[], created: undefined as unknown as (event: unknown, contents: unknown) => void }));
vi.mock('electron', () => ({
  app: { on: (_name: string, listener: typeof electron.created) => (electron.created = listener) },
  shell: { openExternal: (url: string) => Promise.resolve(electron.opened.push(url)) },
}));

type Check = (contents: unknown, permission: string, origin: string, details: { isMainFrame: boolean }) => boolean;
type Ask = (contents: unknown, permission: string, decide: (allowed: boolean) => void, details: { isMainFrame: boolean; requestingUrl: string }) => void;
type Before = (details: { url: string }, decide: (response: { cancel: boolean }) => void) => void;

describe('a session', () => {
  let check: Check;
  let ask: Ask;
  let device: () => boolean;
  let before: Before;
  beforeEach(() => {
    guardSession({
      setPermissionCheckHandler: (handler: Check) => (check = handler),
      setPermissionRequestHandler: (handler: Ask) => (ask = handler),
      setDevicePermissionHandler: (handler: () => boolean) => (device = handler),
      webRequest: { onBeforeRequest: (handler: Before) => (before = handler) },
    } as unknown as Session);
  });

  const OURS = 'basin-app://bundle/';
  const both = (permission: string, url: string, isMainFrame = true) => {
    let granted: boolean | undefined;
    ask(null, permission, (allowed) => (granted = allowed), { isMainFrame, requestingUrl: url });
    return [check(null, permission, url, { isMainFrame }), granted];
  };

  it.each(['fullscreen', 'clipboard-sanitized-write'])('grants the page %s', (permission) => expect(both(permission, OURS)).toEqual([true, true]));

  it.each([
    'accessibility-events', 'background-sync', 'bluetooth', 'clipboard-read', 'display-capture', 'fileSystem', 'geolocation', 'hid', 'idle-detection', 'keyboardLock', 'media', 'mediaKeySystem', 'midi', 'midiSysex', 'notifications', 'openExternal', 'payment-handler', 'pointerLock', 'sensors', 'serial',
    'speaker-selection', 'storage-access', 'top-level-storage-access', 'unknown', 'usb', 'window-management', 'a permission of the future',
  ])('denies it %s', (permission) => expect(both(permission, OURS)).toEqual([false, false]));

  it('denies others everything', () => {
    expect(both('fullscreen', 'https://example.com/')).toEqual([false, false]);
    expect(both('fullscreen', '')).toEqual([false, false]);
    expect(both('fullscreen', OURS, false)).toEqual([false, false]);
  });

  it('reaches no device', () => expect(device()).toBe(false));

  it.each([
    [OURS, false],
    ['blob:basin-app://bundle/1', false],
    ['data:image/png;base64,AA', false],
    ['devtools://devtools/bundled/inspector.html', false],
    ['https://example.com/', true],
    ['http://127.0.0.1:8080/', true],
    ['ws://127.0.0.1:8080/', true],
    ['file:///etc/passwd', true],
    ['basin-app://elsewhere/', true],
    ['chrome-extension://x/y.js', true],
    ['not an address', true],
  ])('loads %s: %s cancelled', (url, cancelled) => {
    let cancel: boolean | undefined;
    before({ url }, (response) => (cancel = response.cancel));
    expect(cancel).toBe(cancelled);
  });
});

describe('whatever is shown', () => {
  class Contents extends EventEmitter {
    handler: ((details: { url: string }) => { action: string }) | undefined;
    setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
      this.handler = handler;
    }
  }

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])('%s is prevented', (name) => {
    guardContents();
    const contents = new Contents();
    electron.created({}, contents);
    const preventDefault = vi.fn();
    contents.emit(name, { preventDefault, url: 'basin-app://bundle/runs' }, 'basin-app://bundle/runs');
    expect(preventDefault).toHaveBeenCalled();
  });

  it('opens no window; a link of the list goes to the person’s browser', () => {
    guardContents();
    const contents = new Contents();
    electron.created({}, contents);
    electron.opened.length = 0;
    for (const url of ['https://arxiv.org/abs/2206.15448', 'https://example.com/', 'file:///etc/passwd', 'basin-app://bundle/runs']) expect(contents.handler!({ url })).toEqual({ action: 'deny' });
    expect(electron.opened).toEqual(['https://arxiv.org/abs/2206.15448']);
  });
});
