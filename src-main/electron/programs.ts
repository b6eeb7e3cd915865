import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import { entryUrl, type Entry } from '../entries.ts';
import { STDERR_KEPT } from '../programs/fork.ts';
import { GOODBYE } from '../programs/owner.ts';
import type { ProgramExit, StartProgram } from '../programs/program.ts';

/** As the system's list of processes shows them. */
const NAMES: Readonly<Record<Entry, string>> = { trainer: 'Basin trainer', trial: 'Basin trial', models: 'Basin models', references: 'Basin trivial answers', 'engine-probe': 'Basin engine check', 'engine-worker': 'Basin engine' };

/** How long what a program wrote last may take to arrive after its end, ms. */
const LAST_WORDS = 300;

/** Starts a program as Electron's utility process: a packaged app has no Node to fork. */
export const startUtility: StartProgram = (entry) => {
  const child = utilityProcess.fork(fileURLToPath(entryUrl(entry)), [], { serviceName: NAMES[entry], stdio: ['ignore', 'ignore', 'pipe'] });
  const { stderr } = child;
  let lastWords = '';
  const hear = (text: string | Buffer) => (lastWords = (lastWords + text.toString()).slice(-STDERR_KEPT));
  stderr?.on('data', hear);
  let fatal = '';
  child.on('error', (_type, location) => (fatal = `V8 could not go on (${location})`));
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => child.postMessage(message),
    onMessage: (listener) =>
      void child.on('message', (message) => {
        if (message === GOODBYE) child.postMessage(GOODBYE);
        else listener(message);
      }),
    onExit: (listener) =>
      void child.once('exit', (status) => {
        const tell = () => {
          clearTimeout(timer);
          listener({ ...endOf(status), lastWords: [fatal, lastWords.trim()].filter(Boolean).join('\n') });
        };
        const timer = setTimeout(tell, LAST_WORDS);
        // Electron takes every listener off the stream when this one returns.
        queueMicrotask(() => stderr?.on('data', hear).once('end', tell));
      }),
    kill: () => {
      // Its own kill() asks first, and waits. Without a pid it has not begun.
      if (child.pid === undefined) child.once('spawn', () => void child.kill());
      else killNow(child.pid);
    },
  };
};

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // Gone already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Signals that end a process that never exits with such a code itself. */
const FATAL = ['SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGKILL', 'SIGSEGV', 'SIGTERM'] as const;

/** Exit code or signal: on POSIX Electron reports what waitpid gave, which for a signal is its number, plus 128 with a core dump. */
export function endOf(status: number, platform: NodeJS.Platform = process.platform): Pick<ProgramExit, 'code' | 'signal'> {
  const signal = platform === 'win32' ? undefined : FATAL.find((name) => os.constants.signals[name] === (status & 0x7f));
  return signal ? { code: null, signal } : { code: status, signal: null };
}
