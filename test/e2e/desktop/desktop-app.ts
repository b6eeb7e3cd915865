import type { Page } from 'playwright-core';

/** What Electron's main process has, as a function under test sees it. */
export type Electron = typeof import('electron');

export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** The desktop app, running in Electron or in its stand-in. */
export interface DesktopApp {
  readonly kind: 'electron' | 'stand-in';
  /** The window's page. */
  page(): Promise<Page>;
  /** Runs a function in the main process; it must stand alone. What goes in and comes out is copied. */
  evaluate<Result, Argument = undefined>(work: (electron: Electron, argument: Argument) => Result | Promise<Result>, argument?: Argument): Promise<Result>;
  /** Sends the process a signal. */
  signal(signal: NodeJS.Signals): void;
  /** Settles when the app is gone. */
  readonly exited: Promise<Exit>;
  /** What it wrote to stdout and stderr. */
  output(): string;
}
