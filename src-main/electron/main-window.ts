import type { BrowserWindow } from 'electron';
import type { Bridge } from './bridge.ts';
import { bringForward, openWindow } from './window.ts';

export interface MainWindowOptions {
  /** Data folder, which keeps the window's place. */
  readonly folder: string;
  readonly bridge: Bridge;
  /** Tells the page: a command of its own, or the address of a page. */
  tell(command: string): void;
  /** Called with each window that opens: on macOS one may be closed and another opened later. */
  opened(window: BrowserWindow): void;
}

/** The one window, and what is asked of its page before it is there. */
export class MainWindow {
  readonly #options: MainWindowOptions;
  readonly #waiting: string[] = [];
  #window: BrowserWindow | undefined;

  constructor(options: MainWindowOptions) {
    this.#options = options;
    options.bridge.onOpen = () => {
      for (const command of this.#waiting.splice(0)) options.tell(command);
    };
  }

  get current(): BrowserWindow | undefined {
    return this.#window;
  }

  /** Opens the window, or brings it to the front. @param page where it shall be; where it is unless given */
  show(page?: string): void {
    if (this.#window) {
      bringForward(this.#window);
      if (page !== undefined) this.ask(page);
      return;
    }
    const window = openWindow(this.#options.folder, page ?? '/');
    this.#window = window;
    window.once('closed', () => (this.#window = undefined));
    this.#options.opened(window);
  }

  /** Asks the page for a command or a page; a window that is not there is opened for it. */
  ask(command: string): void {
    if (!this.#window) {
      if (command.startsWith('/')) {
        this.show(command);
        return;
      }
      this.show();
    }
    if (this.#window && this.#options.bridge.isOpen(this.#window.webContents)) this.#options.tell(command);
    else this.#waiting.push(command);
  }
}
