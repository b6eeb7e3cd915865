import { randomBytes } from 'node:crypto';
import { toApp, toChromium } from './addresses.ts';
import type { CdpSession } from './cdp.ts';
import type { Chromium } from './chromium.ts';
import { decode, encode } from './clone.ts';
import { FROM_MAIN, PRELOAD_WORLD, TO_MAIN, worldScripts } from './worlds.ts';

/** A frame of a page. */
export interface Frame {
  readonly id: string;
  readonly parent: Frame | null;
  /** As the app knows it. */
  url: string;
}

/** What a preload's `ipcRenderer` says. */
export type FromPreload = { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: unknown[] } | { readonly kind: 'send'; readonly channel: string; readonly args: unknown[] };

export interface Asked {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly resourceType: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
}

/** What a page asks of the app that shows it. */
export interface RendererOwner {
  message(frame: Frame, message: FromPreload): void;
  /** A frame wants to go elsewhere by itself. @returns whether it may */
  mayNavigate(frame: Frame, url: string): boolean;
  /** The page opens a window. */
  opened(details: { readonly url: string; readonly frameName: string; readonly features: string }): void;
  /** @returns what is answered; undefined: it is blocked */
  request(asked: Asked): Promise<Answered | undefined>;
  key(press: KeyPress): void;
  gone(): void;
  painted(): void;
  titled(title: string): void;
  closed(): void;
}

/** A key that the page left to the window. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly control: boolean;
  readonly meta: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

interface Paused {
  readonly requestId: string;
  readonly request: { readonly url: string; readonly method: string; readonly headers: Record<string, string> };
  readonly frameId: string;
  readonly resourceType: string;
}

/** Chromium's page of one window: the preload in a world of its own, every request through the app. */
export class Renderer {
  readonly targetId: string;
  readonly #session: CdpSession;
  readonly #owner: RendererOwner;
  readonly #frames = new Map<string, Frame>();
  /** Context of the preload's world by frame, and the other way. */
  readonly #contexts = new Map<string, number>();
  readonly #framesOf = new Map<number, string>();
  /** An address that the app itself loads: nobody is asked. */
  #expected: string | undefined;
  #loaded: PromiseWithResolvers<void> | undefined;

  private constructor(targetId: string, session: CdpSession, owner: RendererOwner) {
    this.targetId = targetId;
    this.#session = session;
    this.#owner = owner;
  }

  static async create(chromium: Chromium, options: { readonly width: number; readonly height: number; readonly preload: string | undefined; readonly dark: boolean; readonly owner: RendererOwner }): Promise<Renderer> {
    const { width, height, preload, dark, owner } = options;
    const { targetId } = await chromium.cdp.browser.call<{ targetId: string }>('Target.createTarget', { url: 'about:blank', width, height, newWindow: true });
    const session = await chromium.sessionOf(targetId);
    const renderer = new Renderer(targetId, session, owner);
    await renderer.#prepare(chromium, preload, dark);
    return renderer;
  }

  get main(): Frame {
    return [...this.#frames.values()].find(({ parent }) => parent === null)!;
  }

  async #prepare(chromium: Chromium, preload: string | undefined, dark: boolean): Promise<void> {
    const session = this.#session;
    session.on<{ frameId: string; parentFrameId: string }>('Page.frameAttached', ({ frameId, parentFrameId }) => this.#frame(frameId, parentFrameId));
    session.on<{ frame: { id: string; parentId?: string; url: string } }>('Page.frameNavigated', ({ frame }) => (this.#frame(frame.id, frame.parentId).url = toApp(frame.url)));
    session.on<{ frameId: string; url: string }>('Page.navigatedWithinDocument', ({ frameId, url }) => (this.#frame(frameId).url = toApp(url)));
    session.on<{ frameId: string }>('Page.frameDetached', ({ frameId }) => this.#frames.delete(frameId));
    session.on<{ context: { id: number; name: string; auxData: { frameId: string } } }>('Runtime.executionContextCreated', ({ context }) => {
      if (context.name !== PRELOAD_WORLD) return;
      this.#contexts.set(context.auxData.frameId, context.id);
      this.#framesOf.set(context.id, context.auxData.frameId);
    });
    session.on<{ name: string; payload: string; executionContextId: number }>('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      const frame = this.#frames.get(this.#framesOf.get(executionContextId) ?? '');
      if (name === TO_MAIN && frame) this.#owner.message(frame, decode(payload) as FromPreload);
      if (name === KEYS) this.#owner.key(JSON.parse(payload) as KeyPress);
    });
    session.on<Paused>('Fetch.requestPaused', (paused) => void this.#request(paused).catch(() => undefined));
    session.on('Page.loadEventFired', () => {
      this.#loaded?.resolve();
      this.#owner.painted();
      void this.#title();
    });
    session.on('Inspector.targetCrashed', () => this.#owner.gone());
    session.on('detached', () => this.#owner.closed());
    session.on<{ url: string; windowName: string; windowFeatures: string[] }>('Page.windowOpen', ({ url, windowName, windowFeatures }) => this.#owner.opened({ url: toApp(url), frameName: windowName, features: windowFeatures.join(',') }));
    // Whatever the app's handler says is done by hand; what Chromium opened by itself never runs.
    chromium.onTarget((targetInfo) => {
      if (targetInfo.openerId === this.targetId) void chromium.cdp.browser.call('Target.closeTarget', { targetId: targetInfo.targetId }).catch(() => undefined);
    });

    const secret = randomBytes(8).toString('hex');
    const scripts = preload === undefined ? undefined : worldScripts(secret, preload);
    await Promise.all([
      session.call('Page.enable'),
      session.call('Runtime.enable'),
      session.call('Inspector.enable'),
      session.call('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      session.call('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }] }),
      session.call('Emulation.setFocusEmulationEnabled', { enabled: true }),
      session.call('Runtime.addBinding', { name: KEYS, executionContextName: KEYS_WORLD }),
      session.call('Page.addScriptToEvaluateOnNewDocument', { source: `(${String(tellKeys)})(${JSON.stringify(KEYS)})`, worldName: KEYS_WORLD }),
      ...(scripts
        ? [
            session.call('Runtime.addBinding', { name: TO_MAIN, executionContextName: PRELOAD_WORLD }),
            session.call('Page.addScriptToEvaluateOnNewDocument', { source: scripts.page }),
            session.call('Page.addScriptToEvaluateOnNewDocument', { source: scripts.preload, worldName: PRELOAD_WORLD }),
          ]
        : []),
    ]);
    const { frameTree } = await session.call<{ frameTree: { frame: { id: string; url: string } } }>('Page.getFrameTree');
    this.#frame(frameTree.frame.id).url = frameTree.frame.url;
    await session.call('Runtime.runIfWaitingForDebugger');
  }

  #frame(id: string, parentId?: string): Frame {
    const known = this.#frames.get(id);
    if (known) return known;
    const frame: Frame = { id, parent: parentId === undefined ? null : this.#frame(parentId), url: '' };
    this.#frames.set(id, frame);
    return frame;
  }

  async #title(): Promise<void> {
    const { result } = await this.#session.call<{ result: { value: string } }>('Runtime.evaluate', { expression: 'document.title', returnByValue: true });
    this.#owner.titled(result.value);
  }

  async #request({ requestId, request, frameId, resourceType }: Paused): Promise<void> {
    const url = toApp(request.url);
    const fail = (errorReason: string) => this.#session.call('Fetch.failRequest', { requestId, errorReason });
    if (resourceType === 'Document' && !this.#isExpected(request.url, frameId) && !this.#owner.mayNavigate(this.#frame(frameId), url)) {
      await fail('Aborted');
      return;
    }
    const answered = await this.#owner.request({ url, method: request.method, headers: request.headers, resourceType: RESOURCES[resourceType] ?? 'other' });
    if (!answered) {
      await fail('BlockedByClient');
      return;
    }
    await this.#session.call('Fetch.fulfillRequest', {
      requestId,
      responseCode: answered.status,
      responseHeaders: answered.headers.map(([name, value]) => ({ name, value })),
      body: Buffer.from(answered.body).toString('base64'),
    });
  }

  #isExpected(url: string, frameId: string): boolean {
    const expected = this.#expected !== undefined && frameId === this.main.id && withoutHash(this.#expected) === withoutHash(url);
    if (expected) this.#expected = undefined;
    return expected;
  }

  /** Loads an address, and waits until it is loaded. @throws Error as Electron's loadURL, where it could not be */
  async load(url: string): Promise<void> {
    this.#loaded = Promise.withResolvers();
    this.#expected = toChromium(url);
    const { errorText } = await this.#session.call<{ errorText?: string }>('Page.navigate', { url: this.#expected });
    if (errorText) throw new Error(`ERR_FAILED (${errorText}) loading '${url}'`);
    await this.#loaded.promise;
  }

  async reload(): Promise<void> {
    this.#expected = toChromium(this.main.url);
    await this.#session.call('Page.reload');
  }

  /** Tells the page's preload something. */
  send(channel: string, args: readonly unknown[]): void {
    this.#tell(this.main, { kind: 'send', channel, args });
  }

  answer(frame: Frame, id: number, ok: boolean, value: unknown): void {
    this.#tell(frame, { kind: 'answer', id, ok, value });
  }

  #tell(frame: Frame, message: object): void {
    const context = this.#contexts.get(frame.id);
    if (context === undefined) return;
    void this.#session.call('Runtime.callFunctionOn', { functionDeclaration: `function (text) { globalThis[${JSON.stringify(FROM_MAIN)}](text); }`, executionContextId: context, arguments: [{ value: encode(message) }] }).catch(() => undefined);
  }

  async evaluate(code: string, userGesture: boolean): Promise<unknown> {
    const { result, exceptionDetails } = await this.#session.call<{ result: { value: unknown }; exceptionDetails?: { exception?: { description?: string }; text: string } }>('Runtime.evaluate', { expression: code, returnByValue: true, awaitPromise: true, userGesture });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** What the preload's world sees. */
  async evaluateInPreload(code: string): Promise<unknown> {
    const { result } = await this.#session.call<{ result: { value: unknown } }>('Runtime.evaluate', { expression: code, returnByValue: true, contextId: this.#contexts.get(this.main.id)! });
    return result.value;
  }

  crash(): void {
    void this.#session.call('Page.crash').catch(() => undefined);
  }

  setDark(dark: boolean): void {
    void this.#session.call('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }] }).catch(() => undefined);
  }

  close(): void {
    void this.#session.call('Page.close').catch(() => undefined);
  }
}

const withoutHash = (url: string): string => url.replace(/#.*$/, '');

/** Chromium's names of what is asked for, in those of Electron's web requests. */
const RESOURCES: Readonly<Record<string, string>> = { Document: 'mainFrame', Stylesheet: 'stylesheet', Script: 'script', Image: 'image', Font: 'font', XHR: 'xhr', Fetch: 'xhr', Ping: 'ping', Media: 'media', WebSocket: 'webSocket' };

const KEYS = '__standin_keys';
const KEYS_WORLD = 'standin-keys';

/** Tells the window of keys that the page did not take: they are the menu's. */
function tellKeys(binding: string): void {
  window.addEventListener('keydown', (event) => {
    const { key, code, ctrlKey: control, metaKey: meta, altKey: alt, shiftKey: shift } = event;
    // After every listener of the page.
    setTimeout(() => {
      if (!event.defaultPrevented) (globalThis as unknown as Record<string, (text: string) => void>)[binding]!(JSON.stringify({ key, code, control, meta, alt, shift }));
    });
  }, { capture: true });
}
