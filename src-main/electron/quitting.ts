import { app, dialog, type BrowserWindow, type Event } from 'electron';

export interface QuittingOptions {
  /** How many runs of this workbench train or wait. */
  active(): number;
  /** The window that a question belongs to. */
  window(): BrowserWindow | undefined;
  /** Stops what trains with a checkpoint, and closes everything. */
  stop(): Promise<void>;
}

/** Asks before runs are ended with the app, stops them, and only then lets it go. */
export class Quitting {
  readonly #options: QuittingOptions;
  #state: 'no' | 'asking' | 'stopping' | 'over' = 'no';

  constructor(options: QuittingOptions) {
    this.#options = options;
  }

  /** Whether the app is on its way out: what breaks then needs no message. */
  get isLeaving(): boolean {
    return this.#state === 'stopping' || this.#state === 'over';
  }

  /** Whether nothing keeps the app any more. */
  get isOver(): boolean {
    return this.#state === 'over';
  }

  /** For the app's `before-quit`: everyone who wants to quit comes by here. */
  readonly beforeQuit = (event: Event): void => {
    if (this.#state === 'over') return;
    event.preventDefault();
    if (this.#state === 'no') void this.#askAndLeave();
  };

  /** Ends without asking, as a signal wants. */
  async leave(): Promise<void> {
    if (this.isLeaving) return;
    this.#state = 'stopping';
    try {
      await this.#options.stop();
    } catch (error) {
      dialog.showErrorBox('Basin did not end cleanly', `${(error as Error).message}\n\nWhat was saved is kept; an interrupted run goes on from its last checkpoint.`);
    }
    this.#state = 'over';
    app.quit();
  }

  async #askAndLeave(): Promise<void> {
    const active = this.#options.active();
    if (active > 0) {
      this.#state = 'asking';
      const stops = await this.#ask(active);
      // A signal may have come while the question was open.
      if (this.isLeaving) return;
      this.#state = 'no';
      if (!stops) return;
    }
    await this.leave();
  }

  async #ask(active: number): Promise<boolean> {
    const window = this.#options.window();
    const question = {
      type: 'question' as const,
      message: active === 1 ? 'A run is training. Stop it and quit?' : `${active} runs are training or waiting. Stop them and quit?`,
      detail: 'Runs cannot go on while Basin is closed. Each that trains is stopped with a checkpoint and can be resumed from there.',
      buttons: [active === 1 ? 'Stop the run and quit' : 'Stop the runs and quit', 'Cancel'],
      defaultId: 1,
      cancelId: 1,
    };
    const { response } = await (window ? dialog.showMessageBox(window, question) : dialog.showMessageBox(question));
    return response === 0;
  }
}
