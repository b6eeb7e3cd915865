import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { browserWindows } from './browser-window.ts';
import { lockInstance } from './single-instance.ts';
import { becomeReady, endChromium, isReady, needsUnready, StandinEvent } from './state.ts';
import { endUtilities } from './utility-process.ts';

type PathName = Parameters<Electron.App['getPath']>[0];

/** `app`: the order of its events is Electron's. */
export class App extends EventEmitter implements Pick<Electron.App, 'name' | 'isPackaged' | 'setName' | 'getName' | 'getVersion' | 'getPath' | 'setPath' | 'whenReady' | 'isReady' | 'quit' | 'exit' | 'enableSandbox' | 'setAppUserModelId' | 'requestSingleInstanceLock' | 'setAsDefaultProtocolClient'> {
  #name = 'Electron';
  readonly #paths = new Map<string, string>();
  readonly #ready = Promise.withResolvers<undefined>();
  #quitting = false;
  #hasLock: boolean | undefined;
  #flushed: Promise<void> = Promise.resolve();

  constructor() {
    super();
    // The app's own file has run by then, as in Electron.
    setImmediate(() => {
      if (this.#quitting) return;
      becomeReady();
      this.#ready.resolve(undefined);
      this.emit('ready', new StandinEvent(), {});
    });
  }

  get name(): string {
    return this.#name;
  }
  set name(name: string) {
    this.#name = name;
  }
  get isPackaged(): boolean {
    return false;
  }
  setName(name: string): void {
    this.#name = name;
  }
  getName(): string {
    return this.#name;
  }
  getVersion(): string {
    return '0.0.0';
  }

  getPath(name: PathName): string {
    const known = this.#paths.get(name);
    if (known !== undefined) return known;
    const home = homedir();
    const paths: Partial<Record<PathName, string>> = { home, appData: join(home, '.config'), userData: join(home, '.config', this.#name), sessionData: this.#paths.get('userData') ?? join(home, '.config', this.#name), downloads: join(home, 'Downloads'), exe: process.execPath };
    const path = paths[name];
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }
  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`);
    this.#paths.set(name, path);
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }
  isReady(): boolean {
    return isReady();
  }
  enableSandbox(): void {
    needsUnready('app.enableSandbox');
  }
  setAppUserModelId(): void {
    // Windows alone has them.
  }
  setAsDefaultProtocolClient(): boolean {
    return true;
  }

  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    const folder = this.getPath('userData');
    mkdirSync(folder, { recursive: true });
    const { isFirst, flushed } = lockInstance(folder, additionalData ?? {}, (argv, cwd, data) => this.emit('second-instance', new StandinEvent(), argv, cwd, data));
    this.#hasLock = isFirst;
    this.#flushed = flushed;
    return isFirst;
  }

  quit(): void {
    if (this.#quitting) return;
    const event = new StandinEvent();
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.#quitting = true;
    const windows = browserWindows();
    for (const window of windows) window.close();
    // A window that will not close keeps the app.
    if (windows.some((window) => !window.isDestroyed())) {
      this.#quitting = false;
      return;
    }
    const leaving = new StandinEvent();
    this.emit('will-quit', leaving);
    if (leaving.defaultPrevented) {
      this.#quitting = false;
      return;
    }
    this.emit('quit', new StandinEvent(), 0);
    void this.#leave(0);
  }

  exit(code = 0): void {
    this.#quitting = true;
    void this.#leave(code);
  }

  async #leave(code: number): Promise<void> {
    await this.#flushed;
    endUtilities();
    await endChromium();
    process.exit(code);
  }
}

const one = new App();
export const app = one;

/** Called by windows: the last one is closed. */
export function windowClosed(): void {
  if (browserWindows().length === 0) setImmediate(() => {
    if (browserWindows().length > 0) return;
    if (one.listenerCount('window-all-closed') === 0) one.quit();
    else one.emit('window-all-closed');
  });
}
