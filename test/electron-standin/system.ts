import { EventEmitter } from 'node:events';
import { needsReady } from './state.ts';

/* What Electron has from the operating system. Functions are replaced by tests, as in Electron: `dialog.showMessageBox = …`. */

const unanswered = (what: string) => (): Promise<never> => Promise.reject(new Error(`${what}: the test has not said what the person answers`));

/** `dialog`. Nobody is there to answer. */
export const dialog: Pick<Electron.Dialog, 'showMessageBox' | 'showSaveDialog' | 'showErrorBox'> = {
  showMessageBox: unanswered('dialog.showMessageBox'),
  showSaveDialog: unanswered('dialog.showSaveDialog'),
  showErrorBox: (title, content) => void process.stderr.write(`${title}: ${content}\n`),
};

/** `shell`. Nothing is opened. */
export const shell: Pick<Electron.Shell, 'openExternal' | 'openPath' | 'showItemInFolder'> = {
  openExternal: () => Promise.resolve(),
  openPath: () => Promise.resolve(''),
  showItemInFolder: () => undefined,
};

/** `screen`: one display, with a bar at its top. */
export class Screen extends EventEmitter implements Pick<Electron.Screen, 'getPrimaryDisplay' | 'getAllDisplays'> {
  getPrimaryDisplay(): Electron.Display {
    needsReady('screen');
    return { id: 1, bounds: { x: 0, y: 0, width: 1920, height: 1080 }, workArea: { x: 0, y: 24, width: 1920, height: 1056 }, scaleFactor: 1 } as Electron.Display;
  }
  getAllDisplays(): Electron.Display[] {
    return [this.getPrimaryDisplay()];
  }
}
export const screen = new Screen();

/** `powerSaveBlocker`. */
const blockers = new Map<number, string>();
let lastBlocker = -1;
export const powerSaveBlocker: Pick<Electron.PowerSaveBlocker, 'start' | 'stop' | 'isStarted'> = {
  start: (type) => {
    blockers.set(++lastBlocker, type);
    return lastBlocker;
  },
  stop: (id) => blockers.delete(id),
  isStarted: (id) => blockers.has(id),
};

/** `Notification`: kept instead of shown. */
export class Notification extends EventEmitter implements Pick<Electron.Notification, 'title' | 'body' | 'show' | 'close'> {
  readonly #options: Electron.NotificationConstructorOptions;

  static isSupported(): boolean {
    return true;
  }
  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    needsReady('Notification');
    this.#options = options;
  }
  get title(): string {
    return this.#options.title ?? '';
  }
  get body(): string {
    return this.#options.body ?? '';
  }
  show(): void {
    this.emit('show');
  }
  close(): void {
    this.emit('close');
  }
}
