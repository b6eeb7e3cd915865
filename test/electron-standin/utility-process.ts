import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { needsReady } from './state.ts';

const ENTRY = fileURLToPath(new URL('utility-entry.ts', import.meta.url));
const running = new Set<ChildProcess>();

/** The app's end ends its utility processes. */
export function endUtilities(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** A utility process: Node, with `process.parentPort` instead of `process.send`. */
export class UtilityProcess extends EventEmitter implements Pick<Electron.UtilityProcess, 'pid' | 'stdout' | 'stderr' | 'postMessage' | 'kill'> {
  readonly #child: ChildProcess;
  #stderr: PassThrough | null = null;
  #exited = false;

  static fork(modulePath: string, args: string[] = [], options: Electron.ForkOptions = {}): UtilityProcess {
    needsReady('utilityProcess');
    return new UtilityProcess(modulePath, args, options);
  }

  constructor(modulePath: string, args: string[], options: Electron.ForkOptions) {
    super();
    const stdio = options.stdio ?? ['ignore', 'inherit', 'inherit'];
    if (!Array.isArray(stdio) || stdio.length < 3 || stdio[0] !== 'ignore') throw new Error('stdin value other than ignore is not supported.');
    this.#child = fork(modulePath, args, { stdio: ['ignore', stdio[1]!, stdio[2]!, 'ipc'], serialization: 'advanced', execArgv: ['--import', ENTRY], env: { ...process.env, ...options.env, STANDIN_CHROMIUM: undefined } });
    const child = this.#child;
    running.add(child);
    if (stdio[2] === 'pipe') this.#stderr = child.stderr!.pipe(new PassThrough());
    child.once('spawn', () => this.emit('spawn'));
    child.on('message', (message) => {
      if (!this.#exited) this.emit('message', message);
    });
    child.once('exit', (code, signal) => {
      running.delete(child);
      // Electron tells of the end on another pipe than that of messages: those still under way are lost.
      this.#exited = true;
      // What waitpid gives.
      this.emit('exit', signal ? SIGNALS[signal] ?? 15 : code);
      this.#stderr?.removeAllListeners();
      this.#stderr = null;
    });
  }

  get pid(): number | undefined {
    return this.#exited ? undefined : this.#child.pid;
  }
  get stdout(): null {
    return null;
  }
  get stderr(): PassThrough | null {
    return this.#stderr;
  }
  postMessage(message: unknown): void {
    // Refuses what cannot be cloned, as Electron does.
    const copy = structuredClone(message);
    if (this.#child.connected) this.#child.send(copy as object, () => undefined);
  }
  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }
}

const SIGNALS: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGBUS: 7, SIGFPE: 8, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };
