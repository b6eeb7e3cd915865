import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { entryUrl } from '../entries.ts';
import { endChild } from './end-child.ts';
import type { StartProgram } from './program.ts';

/** How much of a program's stderr is kept, characters. */
export const STDERR_KEPT = 4000;

/** Starts a program as a forked Node process. */
export const forkProgram: StartProgram = (entry) => {
  const child = fork(fileURLToPath(entryUrl(entry)), [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (lastWords = (lastWords + text).slice(-STDERR_KEPT)));
  let failure: Error | undefined;
  child.on('error', (error) => (failure = error));
  return {
    pid: child.pid,
    send: (message) => {
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (listener) => void child.on('message', listener),
    // 'close' comes after the last message and the last line of stderr; a process that never started has only 'error'.
    onExit: (listener) => {
      child.on('close', (code, signal) => listener({ code, signal, lastWords: (failure ? failure.message : lastWords).trim() }));
      if (child.pid === undefined) child.on('error', (error) => listener({ code: null, signal: null, lastWords: error.message }));
    },
    kill: () => endChild(child, 'SIGKILL'),
  };
};
