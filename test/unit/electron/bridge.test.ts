import type { WebContents } from 'electron';
import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Push } from '../../../src-main/contract/channel/host.ts';
import { REQUEST_NAMES } from '../../../src-main/contract/api/request-names.ts';
import { Bridge } from '../../../src-main/electron/bridge.ts';
import { OPEN, PUSH, requestChannel } from '../../../src-main/electron/channels.ts';

/** Handlers as they were registered, to be called with any sender. */
const handlers = vi.hoisted(() => new Map<string, (event: unknown, input?: unknown) => unknown>());
vi.mock('electron', () => ({ ipcMain: { on: (name: string, listener: () => void) => handlers.set(name, listener), handle: (name: string, handler: () => void) => handlers.set(name, handler) } }));

class Contents extends EventEmitter {
  readonly sent: unknown[][] = [];
  crashed = false;
  send(...message: unknown[]) {
    this.sent.push(message);
  }
  isDestroyed = () => false;
  isCrashed = () => this.crashed;
}

const sessions: { push: Push; congested: () => boolean; closed: boolean }[] = [];
const host = {
  open: (push: Push, options?: { congested?: () => boolean }) => {
    const session = { push, congested: () => options?.congested?.() ?? false, closed: false };
    sessions.push(session);
    return { handle: (name: unknown, input: unknown) => Promise.resolve({ ok: true as const, output: { name, input } }), close: () => (session.closed = true) };
  },
};

const page = { url: 'basin-app://bundle/runs', parent: null };
const event = (sender: Contents, senderFrame: unknown = page) => ({ sender, senderFrame });
const open = (sender: Contents, senderFrame?: unknown) => handlers.get(OPEN)!(event(sender, senderFrame ?? page));
const ask = (sender: Contents, senderFrame: unknown = page) => handlers.get(requestChannel('runs.get'))!(event(sender, senderFrame), { run: 1 });

let bridge: Bridge;
beforeEach(() => {
  handlers.clear();
  sessions.length = 0;
  bridge = new Bridge(host);
});

describe('the bridge', () => {
  it('has one channel for each request, and one to open', () => {
    expect([...handlers.keys()].sort()).toEqual([OPEN, ...REQUEST_NAMES.map(requestChannel)].sort());
  });

  it('answers its own page', async () => {
    const contents = new Contents();
    open(contents);
    expect(await ask(contents)).toEqual({ ok: true, output: { name: 'runs.get', input: { run: 1 } } });
  });

  it.each([
    ['another page', { url: 'https://evil.example/', parent: null }],
    ['an empty page', { url: 'about:blank', parent: null }],
    ['another host of the scheme', { url: 'basin-app://other/', parent: null }],
    ['a frame inside the page', { url: 'basin-app://bundle/', parent: page }],
    ['a frame that is gone', null],
  ])('refuses %s', async (_who, frame) => {
    const contents = new Contents();
    handlers.get(OPEN)!(event(contents, frame));
    expect(sessions).toHaveLength(0);
    open(contents);
    expect(await ask(contents, frame)).toMatchObject({ ok: false, error: { code: 'app.sender' } });
  });

  it('refuses a page that has not connected', async () => {
    expect(await ask(new Contents())).toMatchObject({ ok: false, error: { code: 'app.sender' } });
  });

  it('tells a page what is pushed, and only that page', () => {
    const [one, other] = [new Contents(), new Contents()];
    open(one);
    open(other);
    sessions[0]!.push('runs.changed', { runs: [], removed: [4] });
    expect(one.sent).toEqual([[PUSH, 'runs.changed', { runs: [], removed: [4] }]]);
    expect(other.sent).toEqual([]);
  });

  it('ends the conversation of a page that was loaded anew, crashed or closed', () => {
    const contents = new Contents();
    open(contents);
    open(contents);
    expect(sessions.map(({ closed }) => closed)).toEqual([true, false]);
    contents.emit('render-process-gone');
    expect(sessions[1]!.closed).toBe(true);
    expect(bridge.isOpen(contents as unknown as WebContents)).toBe(false);
    open(contents);
    contents.emit('destroyed');
    expect(sessions.map(({ closed }) => closed)).toEqual([true, true, true]);
  });

  it('sends nothing to a page that is gone, and holds back while it does not respond', () => {
    const contents = new Contents();
    open(contents);
    contents.emit('unresponsive');
    expect(sessions[0]!.congested()).toBe(true);
    contents.emit('responsive');
    expect(sessions[0]!.congested()).toBe(false);
    contents.crashed = true;
    sessions[0]!.push('runs.changed', { runs: [], removed: [4] });
    expect(contents.sent).toEqual([]);
  });
});
