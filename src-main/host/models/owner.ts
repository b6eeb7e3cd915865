import { BasinError, fromErrorData } from '../../contract/errors.ts';
import type { Program, ProgramExit } from '../../programs/program.ts';
import { startProgram } from '../../programs/start.ts';
import type { Asked, FromModels, ToModels } from './protocol.ts';

type Start = () => Program<ToModels, FromModels>;

interface Waiting {
  resolve(value: unknown): void;
  reject(error: BasinError): void;
}

/** Opened models take memory and threads: without a request for so long they are closed. */
const IDLE_MS = 180_000;

/** The process that holds models: started when it is first needed, ended when it is idle, and started again after a crash. */
export class Models {
  readonly #folder: string;
  readonly #start: Start;
  readonly #idleMs: number;
  readonly #waiting = new Map<number, Waiting>();
  #process: Program<ToModels, FromModels> | undefined;
  #next = 1;
  #timer: NodeJS.Timeout | undefined;

  constructor(folder: string, { start = () => startProgram('models'), idleMs = IDLE_MS }: { start?: Start; idleMs?: number } = {}) {
    this.#folder = folder;
    this.#start = start;
    this.#idleMs = idleMs;
  }

  /** Its process; undefined while none is needed. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** @throws BasinError what the request is refused with; `models.crashed` when the process ends before it answers */
  ask<Name extends keyof Asked>(name: Name, input: Asked[Name]['input']): Promise<Asked[Name]['output']> {
    clearTimeout(this.#timer);
    const process = (this.#process ??= this.#begin());
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      process.send({ id, name, input });
    });
  }

  /** Ends the process; requests that wait are refused. */
  close(): void {
    clearTimeout(this.#timer);
    const process = this.#process;
    this.#process = undefined;
    process?.kill();
    this.#refuse(new BasinError('models.closed', 'Basin is ending: the request was given up. Nothing was changed', { kind: 'operational' }));
  }

  #begin(): Program<ToModels, FromModels> {
    const process = this.#start();
    process.onMessage((message) => this.#receive(message));
    process.onExit((exit) => {
      // One that was closed has nobody waiting; a later one may have.
      if (this.#process === process) this.#crashed(exit);
    });
    process.send({ folder: this.#folder });
    return process;
  }

  #receive(message: FromModels): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('error' in message) waiting?.reject(fromErrorData(message.error));
    else waiting?.resolve(message.value);
    if (this.#waiting.size === 0) this.#timer = setTimeout(() => this.close(), this.#idleMs).unref();
  }

  #crashed({ code, signal, lastWords }: ProgramExit): void {
    this.#process = undefined;
    clearTimeout(this.#timer);
    const how = signal ? `was ended by ${signal}` : code === null ? 'could not be started' : `ended unexpectedly with exit code ${code}`;
    const words = lastWords === '' ? '' : `; its last words: ${lastWords.split('\n').at(-1)}`;
    this.#refuse(new BasinError('models.crashed', `The process that reasons ${how}${words}. Runs and what they stored are untouched. Try again; if it ends again, there may be too little memory, or the engine is broken here (Settings → Engines)`, { kind: 'operational', details: { code, signal } }));
  }

  #refuse(error: BasinError): void {
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}
