import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { app } from './app.ts';
import { toChromium } from './addresses.ts';
import { invoke, ipcMain } from './ipc-main.ts';
import { pressMenu } from './menu.ts';
import { isDark, onTheme } from './native-theme.ts';
import { Renderer, type Frame, type FromPreload } from './renderer.ts';
import { answerRequest, applyPermissions, session } from './session.ts';
import { chromium, StandinEvent } from './state.ts';

type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

/** A frame as the main process sees it; one object a frame. */
export class WebFrameMain extends EventEmitter implements Pick<Electron.WebFrameMain, 'url' | 'parent' | 'top' | 'origin'> {
  readonly #frame: Frame;

  static of(frame: Frame): WebFrameMain {
    const known = frames.get(frame) ?? new WebFrameMain(frame);
    frames.set(frame, known);
    return known;
  }

  private constructor(frame: Frame) {
    super();
    this.#frame = frame;
  }
  get url(): string {
    return this.#frame.url;
  }
  get origin(): string {
    return new URL(this.#frame.url).origin;
  }
  get parent(): Electron.WebFrameMain | null {
    return this.#frame.parent && (WebFrameMain.of(this.#frame.parent) as unknown as Electron.WebFrameMain);
  }
  get top(): Electron.WebFrameMain | null {
    return this.parent === null ? (this as unknown as Electron.WebFrameMain) : this.parent.top;
  }
}
const frames = new WeakMap<Frame, WebFrameMain>();

let lastId = 0;

/** `webContents`: what a window shows. */
export class WebContents extends EventEmitter implements Pick<Electron.WebContents, 'id' | 'mainFrame' | 'session' | 'loadURL' | 'getURL' | 'getTitle' | 'isDestroyed' | 'isCrashed' | 'reload' | 'send' | 'setWindowOpenHandler' | 'executeJavaScript' | 'forcefullyCrashRenderer'> {
  readonly #id = ++lastId;
  readonly #renderer: Promise<Renderer>;
  #made: Renderer | undefined;
  #destroyed = false;
  #crashed = false;
  #title = '';
  #open: OpenHandler | undefined;

  constructor(preferences: Electron.WebPreferences, size: { readonly width: number; readonly height: number }, hooks: { readonly painted: () => void; readonly titled: (title: string) => void; readonly closed: () => void }) {
    super();
    requireSafe(preferences);
    const preload = preferences.preload === undefined ? undefined : readFileSync(preferences.preload, 'utf8');
    this.#renderer = chromium().then((running) =>
      Renderer.create(running, {
        ...size,
        preload,
        dark: isDark(),
        owner: {
          message: (frame, message) => void this.#receive(frame, message),
          mayNavigate: (frame, url) => this.#mayNavigate(frame, url),
          opened: (details) => this.#opened(details),
          request: answerRequest,
          key: pressMenu,
          gone: () => this.#gone(),
          painted: () => {
            this.#crashed = false;
            this.emit('did-finish-load');
            hooks.painted();
          },
          titled: (title) => {
            this.#title = title;
            hooks.titled(title);
          },
          closed: hooks.closed,
        },
      }),
    );
    this.#renderer.then((renderer) => (this.#made = renderer)).catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
    onTheme((dark) => this.#made?.setDark(dark));
    app.emit('web-contents-created', new StandinEvent(), this);
  }

  get id(): number {
    return this.#id;
  }
  get session(): Electron.Session {
    return session.defaultSession;
  }
  get mainFrame(): Electron.WebFrameMain {
    return WebFrameMain.of(this.#made!.main) as unknown as Electron.WebFrameMain;
  }
  getURL(): string {
    return this.#made?.main.url ?? '';
  }
  getTitle(): string {
    return this.#title;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  isCrashed(): boolean {
    return this.#crashed;
  }

  async loadURL(url: string): Promise<void> {
    const renderer = await this.#renderer;
    await applyPermissions(this as unknown as Electron.WebContents, url, new URL(toChromium(url)).origin);
    await renderer.load(url);
  }
  reload(): void {
    void this.#made?.reload();
  }
  send(channel: string, ...args: unknown[]): void {
    // Refuses what cannot be cloned, as Electron does.
    this.#made?.send(channel, structuredClone(args));
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.#open = handler;
  }
  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    return (await this.#renderer).evaluate(code, userGesture);
  }
  forcefullyCrashRenderer(): void {
    this.#made?.crash();
  }

  /** Ends the page: the window is closed. */
  static destroy(contents: WebContents): void {
    if (contents.#destroyed) return;
    contents.#destroyed = true;
    void contents.#renderer.then((renderer) => renderer.close()).catch(() => undefined);
    contents.emit('destroyed');
  }

  /** What the preload's world sees, for tests of that world. */
  static async evaluateInPreload(contents: WebContents, code: string): Promise<unknown> {
    return (await contents.#renderer).evaluateInPreload(code);
  }

  static async targetOf(contents: WebContents): Promise<string> {
    return (await contents.#renderer).targetId;
  }

  async #receive(frame: Frame, message: FromPreload): Promise<void> {
    const senderFrame = WebFrameMain.of(frame) as unknown as Electron.WebFrameMain;
    const event = Object.assign(new StandinEvent(), { sender: this, senderFrame, processId: 1, frameId: 1, type: 'frame' }) as unknown as Electron.IpcMainInvokeEvent;
    if (message.kind === 'send') {
      ipcMain.emit(message.channel, event, ...message.args);
      return;
    }
    const renderer = await this.#renderer;
    try {
      renderer.answer(frame, message.id, true, structuredClone(await invoke(event, message.channel, message.args)));
    } catch (error) {
      renderer.answer(frame, message.id, false, new Error((error as Error).message));
    }
  }

  #mayNavigate(frame: Frame, url: string): boolean {
    const details = { url, isMainFrame: frame.parent === null, isSameDocument: false, frame: WebFrameMain.of(frame), initiator: WebFrameMain.of(frame) };
    const event = Object.assign(new StandinEvent(), details);
    if (details.isMainFrame) this.emit('will-navigate', event, url);
    this.emit('will-frame-navigate', event);
    return !event.defaultPrevented;
  }

  #opened(details: { readonly url: string; readonly frameName: string; readonly features: string }): void {
    const answer = this.#open?.({ ...details, disposition: 'foreground-tab', referrer: { url: '', policy: 'no-referrer' } });
    if (answer?.action !== 'deny') throw new Error(`The stand-in opens no window for a page: ${details.url}`);
  }

  #gone(): void {
    this.#crashed = true;
    this.emit('render-process-gone', new StandinEvent(), { reason: 'crashed', exitCode: 5 } satisfies Electron.RenderProcessGoneDetails);
  }
}

/** Only a page that is kept apart can be shown by a Chromium that is another process: anything else fails here. */
function requireSafe({ sandbox, contextIsolation, nodeIntegration, nodeIntegrationInSubFrames, nodeIntegrationInWorker, webSecurity, webviewTag, allowRunningInsecureContent, experimentalFeatures }: Electron.WebPreferences): void {
  const isSafe = sandbox === true && contextIsolation !== false && !nodeIntegration && !nodeIntegrationInSubFrames && !nodeIntegrationInWorker && webSecurity !== false && !webviewTag && !allowRunningInsecureContent && !experimentalFeatures;
  if (!isSafe) throw new Error('The stand-in shows sandboxed, isolated pages without Node, webviews and relaxed web security only');
}
