import type { Entry } from '../entries.ts';

/** How a program's process ended. `lastWords` is the end of what it wrote to stderr, or why it did not start. */
export interface ProgramExit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly lastWords: string;
}

/** A program of ours in a process of its own, as the one who started it sees it. */
export interface Program<Sent, Received> {
  /** Undefined until the process runs. */
  readonly pid: number | undefined;
  /** Messages are copied as structured clones and keep their order; one to a process that is gone is lost: its exit says why. */
  send(message: Sent): void;
  onMessage(listener: (message: Received) => void): void;
  /** Called once, after the last message. */
  onExit(listener: (exit: ProgramExit) => void): void;
  /** Ends the process at once, without giving it a chance to save. */
  kill(): void;
}

/** Starts a program's process. */
export type StartProgram = (entry: Entry) => Program<unknown, unknown>;
