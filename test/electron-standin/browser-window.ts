import { EventEmitter } from 'node:events';
import { windowClosed } from './app.ts';
import { needsReady, StandinEvent } from './state.ts';
import { WebContents } from './web-contents.ts';

type Options = Electron.BrowserWindowConstructorOptions;

const windows: BrowserWindow[] = [];
/** Id of the window that has the keyboard. */
let focused: number | undefined;
let lastId = 0;

export const browserWindows = (): BrowserWindow[] => [...windows];

/** `BrowserWindow`: what a window manager does is kept in numbers, what the page does is Chromium's. */
export class BrowserWindow extends EventEmitter implements Pick<Electron.BrowserWindow, 'id' | 'webContents' | 'loadURL' | 'show' | 'hide' | 'focus' | 'blur' | 'isFocused' | 'isVisible' | 'isDestroyed' | 'isMinimized' | 'isMaximized' | 'isFullScreen' | 'minimize' | 'maximize' | 'unmaximize' | 'restore' | 'close' | 'destroy' | 'getBounds' | 'setBounds' | 'getNormalBounds' | 'getTitle' | 'setBackgroundColor' | 'getBackgroundColor'> {
  readonly #id = ++lastId;
  readonly #contents: WebContents;
  #bounds: Electron.Rectangle;
  #title: string;
  #background: string;
  #visible: boolean;
  #minimized = false;
  #maximized = false;
  #destroyed = false;

  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return windows.find(({ id }) => id === focused) ?? null;
  }

  constructor(options: Options = {}) {
    needsReady('BrowserWindow');
    super();
    const { width = 800, height = 600, x = 100, y = 100 } = options;
    this.#bounds = { x, y, width, height };
    this.#title = options.title ?? 'Electron';
    this.#background = options.backgroundColor ?? '#FFFFFF';
    this.#visible = options.show !== false;
    let painted = false;
    this.#contents = new WebContents(options.webPreferences ?? {}, { width, height }, {
      painted: () => {
        if (!painted) this.emit('ready-to-show');
        painted = true;
      },
      titled: (title) => {
        const event = new StandinEvent();
        this.emit('page-title-updated', event, title, true);
        if (!event.defaultPrevented) this.#title = title;
      },
      closed: () => this.destroy(),
    });
    windows.push(this);
  }

  get id(): number {
    return this.#id;
  }
  get webContents(): Electron.WebContents {
    return this.#contents as unknown as Electron.WebContents;
  }
  loadURL(url: string): Promise<void> {
    return this.#contents.loadURL(url);
  }

  show(): void {
    this.#visible = true;
    this.emit('show');
    this.focus();
  }
  hide(): void {
    this.#visible = false;
    this.blur();
    this.emit('hide');
  }
  focus(): void {
    if (this.isFocused()) return;
    focused = this.#id;
    this.emit('focus');
  }
  blur(): void {
    if (!this.isFocused()) return;
    focused = undefined;
    this.emit('blur');
  }
  isFocused(): boolean {
    return focused === this.#id;
  }
  isVisible(): boolean {
    return this.#visible;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  isMinimized(): boolean {
    return this.#minimized;
  }
  isMaximized(): boolean {
    return this.#maximized;
  }
  isFullScreen(): boolean {
    return false;
  }
  minimize(): void {
    this.#minimized = true;
    this.emit('minimize');
  }
  maximize(): void {
    this.#maximized = true;
    this.emit('maximize');
  }
  unmaximize(): void {
    this.#maximized = false;
    this.emit('unmaximize');
  }
  restore(): void {
    this.#minimized = false;
    this.emit('restore');
  }

  close(): void {
    if (this.#destroyed) return;
    const event = new StandinEvent();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    windows.splice(windows.indexOf(this), 1);
    if (this.isFocused()) focused = undefined;
    WebContents.destroy(this.#contents);
    this.emit('closed');
    windowClosed();
  }

  getBounds(): Electron.Rectangle {
    return { ...this.#bounds };
  }
  getNormalBounds(): Electron.Rectangle {
    return { ...this.#bounds };
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    this.emit('resize');
    this.emit('move');
  }
  getTitle(): string {
    return this.#title;
  }
  setBackgroundColor(colour: string): void {
    this.#background = colour;
  }
  getBackgroundColor(): string {
    return this.#background;
  }
}
