import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newData } from '../support/app.ts';
import { REQUEST_NAMES } from '../../../src-main/contract/api/request-names.ts';
import { connected, describeDesktop } from './apps.ts';

describeDesktop('the window’s page is kept apart', ({ open }) => {
  const ready = async () => {
    const app = await open(newData());
    const page = await app.page();
    await connected(page);
    return { app, page };
  };

  it('from Node and from Electron: it has one object of ours, with the contract’s requests and nothing else', async () => {
    const { page } = await ready();
    const found = await page.evaluate(() => {
      const bridge = window.basin!;
      const names = (object: object): string[] => Object.getOwnPropertyNames(object).sort();
      return {
        node: ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer', '__dirname'].filter((name) => name in window),
        bridge: names(bridge),
        requests: names(bridge.requests),
        kinds: [...new Set(Object.values(bridge.requests).map((each) => typeof each))],
        writable: [bridge, bridge.requests].some((object) => !Object.isFrozen(object)),
        replaced: (() => {
          try {
            (window as unknown as { basin: unknown }).basin = 1;
          } catch {
            // Strict code is told, other is not.
          }
          return window.basin !== bridge;
        })(),
      };
    });
    expect(found).toEqual({ node: [], bridge: ['onClose', 'onPush', 'requests'], requests: [...REQUEST_NAMES].sort(), kinds: ['function'], writable: false, replaced: false });
  });

  it('by a content policy that lets in no script but ours', async () => {
    const { page } = await ready();
    const blocked = await page.evaluate(async () => {
      const seen = new Set<string>();
      const allSeen = new Promise<void>((resolve) =>
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          if (seen.add(effectiveDirective).size === 5) resolve();
        }),
      );
      const tried = {
        eval: false,
        inline: false,
        fetch: false,
        image: false,
      };
      // Not in this function: a debugger's code may.
      await new Promise<void>((resolve) =>
        setTimeout(() => {
          try {
            tried.eval = (0, eval)('true') as boolean;
          } catch {
            // Refused.
          }
          resolve();
        }),
      );
      const script = document.createElement('script');
      script.textContent = 'document.documentElement.dataset.inline = "ran"';
      document.head.append(script);
      tried.inline = document.documentElement.dataset['inline'] === 'ran';
      tried.fetch = await fetch('https://example.com/').then(
        () => true,
        () => false,
      );
      const frame = document.createElement('iframe');
      frame.src = 'https://example.com/';
      document.body.append(frame);
      tried.image = await new Promise((resolve) => {
        const image = new Image();
        image.onload = () => resolve(true);
        image.onerror = () => resolve(false);
        image.src = 'https://example.com/x.png';
      });
      await Promise.race([allSeen, new Promise((resolve) => setTimeout(resolve, 10_000))]);
      return { tried, seen: [...seen].sort() };
    });
    expect(blocked.tried).toEqual({ eval: false, inline: false, fetch: false, image: false });
    expect(blocked.seen).toEqual(['connect-src', 'frame-src', 'img-src', 'script-src', 'script-src-elem']);
  });

  it('to the files of the built page', async () => {
    const { page } = await ready();
    const statuses = await page.evaluate(async () => {
      const status = async (path: string) => (await fetch(path)).status;
      return {
        page: await status('/runs'),
        icon: await status('/icon.svg'),
        package: await status('/..%2f..%2fpackage.json'),
        main: await status('/../main/electron.js'),
        hosts: await status('/%2e%2e/%2e%2e/%2e%2e/etc/resolv.conf'),
        nothing: await status('/assets/nothing.js'),
      };
    });
    expect(statuses).toEqual({ page: 200, icon: 200, package: 404, main: 404, hosts: 404, nothing: 404 });
  });

  it('without permissions beyond copying and full screen', async () => {
    const { page } = await ready();
    const states = await page.evaluate(async () => {
      const state = async (name: string) => (await navigator.permissions.query({ name: name as PermissionName })).state;
      return {
        geolocation: await state('geolocation'),
        notifications: await state('notifications'),
        camera: await state('camera'),
        microphone: await state('microphone'),
        midi: await state('midi'),
        read: await state('clipboard-read'),
        write: await state('clipboard-write'),
        microphoneOpened: await navigator.mediaDevices.getUserMedia({ audio: true }).then(
          () => true,
          () => false,
        ),
      };
    });
    expect(states).toEqual({ geolocation: 'denied', notifications: 'denied', camera: 'denied', microphone: 'denied', midi: 'denied', read: 'denied', write: 'granted', microphoneOpened: false });
  });

  it('in its place: it goes nowhere by itself, and opens nothing', async () => {
    const { app, page } = await ready();
    await app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = (url) => {
        opened.push(url);
        return Promise.resolve();
      };
    });
    const before = page.url();
    await page.evaluate(() => {
      const click = (href: string, target = '') => {
        const link = Object.assign(document.createElement('a'), { href, target });
        document.body.append(link);
        link.click();
      };
      click('https://example.com/');
      click('/settings?elsewhere');
      click('https://evil.example/', '_blank');
      click('https://arxiv.org/abs/2206.15448', '_blank');
      window.open('file:///etc/passwd');
      window.open('http://arxiv.org/');
    });
    await expect.poll(() => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)).toEqual(['https://arxiv.org/abs/2206.15448']);
    // What was still to come has come when the page answers again.
    await connected(page);
    expect(page.url()).toBe(before);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  it('from pages that are not ours: such a page gets no answer, whatever preload it has', async () => {
    const { app } = await ready();
    const preload = join(import.meta.dirname, '..', '..', '..', 'dist', 'preload', 'preload.cjs');
    const answer = await app.evaluate(async ({ BrowserWindow }, file) => {
      const window = new BrowserWindow({ show: false, webPreferences: { preload: file, sandbox: true, contextIsolation: true } });
      await window.loadURL('data:text/html,<p>not ours</p>');
      const said = (await window.webContents.executeJavaScript(`basin.onPush(() => {}); basin.requests['app.info']({})`)) as unknown;
      window.destroy();
      return said;
    }, preload);
    expect(answer).toMatchObject({ ok: false, error: { code: 'app.sender' } });
  });

  it('and what it asks is checked against the contract', async () => {
    const { page } = await ready();
    const refusals = await page.evaluate(async () => {
      const ask = window.basin!.requests;
      const code = async (answer: Promise<unknown>) => ((await answer) as { error?: { code: string } }).error?.code;
      return {
        type: await code(ask['runs.get']({ run: 'one' })),
        key: await code(ask['runs.list']({ more: 1 })),
        nothing: await code(ask['runs.get'](undefined)),
        proto: await code(ask['app.layout'](JSON.parse('{"key":"a","value":1,"__proto__":{"x":1}}') as unknown)),
        function: await ask['app.layout']({ key: 'a', value: () => 1 }).then(
          () => 'carried',
          () => 'refused',
        ),
      };
    });
    expect(refusals.function).toBe('refused');
    for (const code of [refusals.type, refusals.key, refusals.nothing]) expect(code).toMatch(/^(request|contract|input)\./);
  });
});
