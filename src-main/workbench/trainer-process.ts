import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TrainerCommand, TrainerEvent, TrainerStart } from '../contract/events.ts';
import { entryUrl } from '../entries.ts';

/** How a trainer's process ended. `lastWords` is the end of what it wrote to stderr. */
export interface TrainerExit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly lastWords: string;
}

/** A trainer's process as its owner sees it: send, receive, end. Electron has its own kind (utilityProcess). */
export interface TrainerProcess {
  readonly pid: number | undefined;
  send(message: TrainerStart | TrainerCommand): void;
  onMessage(listener: (event: TrainerEvent) => void): void;
  /** Called once, after the last message. */
  onExit(listener: (exit: TrainerExit) => void): void;
  /** Ends the process at once, without giving it a chance to save. */
  kill(): void;
}

export type SpawnTrainer = () => TrainerProcess;

const KEPT_STDERR = 2000;

/** Starts a trainer as a forked Node process. */
export const forkTrainer: SpawnTrainer = () => {
  const child = fork(fileURLToPath(entryUrl('trainer')), [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (lastWords = (lastWords + text).slice(-KEPT_STDERR)));
  let failure: Error | undefined;
  child.on('error', (error) => (failure = error));
  return {
    pid: child.pid,
    // A send to a process that has just died fails; its exit says why.
    send: (message) => {
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) => void child.on('message', (event) => listener(event as TrainerEvent)),
    // 'close' comes after the last message and the last line of stderr; a process that never started has only 'error'.
    onExit: (listener) => {
      child.on('close', (code, signal) => listener({ code, signal, lastWords: (failure ? failure.message : lastWords).trim() }));
      if (child.pid === undefined) child.on('error', (error) => listener({ code: null, signal: null, lastWords: error.message }));
    },
    kill: () => void child.kill('SIGKILL'),
  };
};
