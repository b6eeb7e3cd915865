import { BasinError } from '../contract/errors.ts';
import type { TrainerEvent, TrainerStart } from '../contract/events.ts';
import type { TrainerExit, TrainerProcess } from './trainer-process.ts';

export type ReadyEvent = Extract<TrainerEvent, { type: 'ready' }>;
export type EndedEvent = Extract<TrainerEvent, { type: 'ended' }>;
export type CheckpointEvent = Extract<TrainerEvent, { type: 'checkpoint' }>;
export type ReplayEvent = Extract<TrainerEvent, { type: 'replay' }>;

/** Where a trainer is in its life. `exited`: it said how its run ended; `crashed`: it did not. */
export type TrainerState =
  | { readonly name: 'starting' | 'ready' | 'stopping' }
  | { readonly name: 'exited'; readonly ended: EndedEvent }
  | { readonly name: 'crashed'; readonly reason: string };

interface Request<T> {
  resolve(value: T): void;
  reject(error: BasinError): void;
}

/** How long a trainer may take to write its last checkpoint before it is killed, ms. */
const GRACE = 60_000;

/** The one who started a trainer: knows its state, asks things of it, and ends it. */
export class TrainerOwner {
  readonly run: number;
  /** Settles when the process is gone. @throws BasinError `trainer.crashed` when it did not say how the run ended. */
  readonly finished: Promise<EndedEvent>;
  #state: TrainerState = { name: 'starting' };
  #ended: EndedEvent | undefined;
  #killedBecause: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #process: TrainerProcess;
  readonly #grace: number;
  readonly #finish: Request<EndedEvent>;
  readonly #checkpoints: Request<CheckpointEvent>[] = [];
  readonly #replays: Request<ReplayEvent>[] = [];
  readonly #listeners = new Set<(event: TrainerEvent) => void>();

  constructor(process: TrainerProcess, start: TrainerStart, grace: number = GRACE) {
    this.run = start.run;
    this.#process = process;
    this.#grace = grace;
    const { promise, resolve, reject } = Promise.withResolvers<EndedEvent>();
    this.finished = promise;
    this.#finish = { resolve, reject };
    // Not everyone who starts a run waits for its end.
    promise.catch(() => undefined);
    process.onMessage((event) => this.#receive(event));
    process.onExit((exit) => this.#exit(exit));
    process.send(start);
  }

  get state(): TrainerState {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** @returns a function that ends the subscription. */
  subscribe(listener: (event: TrainerEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks the trainer to save and end; kills it when it takes longer than the grace. Settles as `finished`. */
  stop(): Promise<EndedEvent> {
    if (this.#state.name === 'starting' || this.#state.name === 'ready') {
      this.#state = { name: 'stopping' };
      this.#process.send({ type: 'stop' });
      this.#killAfterGrace(`did not stop within ${this.#grace / 1000} s and was killed`);
    }
    return this.finished;
  }

  /** Asks for a checkpoint now. @throws BasinError `trainer.crashed` or `trainer.gone` when the trainer dies or ends first. */
  checkpoint(): Promise<CheckpointEvent> {
    return this.#ask('checkpoint', this.#checkpoints);
  }

  /** Has a copy of the replay buffer stored now. @throws BasinError as `checkpoint` */
  replay(): Promise<ReplayEvent> {
    return this.#ask('replay', this.#replays);
  }

  /** Ends the process at once; the run keeps what was saved before. */
  kill(reason = 'was killed on request'): void {
    if (this.#isOver()) return;
    this.#killedBecause ??= reason;
    this.#process.kill();
  }

  #ask<Event>(type: 'checkpoint' | 'replay', waiting: Request<Event>[]): Promise<Event> {
    if (this.#isOver()) return Promise.reject(this.#gone());
    const { promise, resolve, reject } = Promise.withResolvers<Event>();
    waiting.push({ resolve, reject });
    this.#process.send({ type });
    return promise;
  }

  #isOver(): boolean {
    return this.#state.name === 'exited' || this.#state.name === 'crashed';
  }

  #receive(event: TrainerEvent): void {
    if (event.type === 'ready' && this.#state.name === 'starting') this.#state = { name: 'ready' };
    if (event.type === 'checkpoint') for (const request of this.#checkpoints.splice(0)) request.resolve(event);
    if (event.type === 'replay') for (const request of this.#replays.splice(0)) request.resolve(event);
    if (event.type === 'ended') {
      this.#ended = event;
      if (this.#state.name !== 'stopping') this.#state = { name: 'stopping' };
      // Everything is saved by now: a process that lingers is a leak, not a loss.
      this.#killAfterGrace('had ended its run but its process stayed');
    }
    for (const listener of this.#listeners) listener(event);
  }

  #killAfterGrace(reason: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.kill(reason), this.#grace);
    this.#timer.unref();
  }

  #exit(exit: TrainerExit): void {
    if (this.#isOver()) return;
    clearTimeout(this.#timer);
    this.#state = this.#ended ? { name: 'exited', ended: this.#ended } : { name: 'crashed', reason: this.#killedBecause ?? reasonOf(exit) };
    const gone = this.#gone();
    for (const request of [...this.#checkpoints.splice(0), ...this.#replays.splice(0)]) request.reject(gone);
    if (this.#ended) this.#finish.resolve(this.#ended);
    else this.#finish.reject(gone);
  }

  #gone(): BasinError {
    if (this.#state.name !== 'crashed') return new BasinError('trainer.gone', `The trainer of run ${this.run} has ended: it takes no more requests`, { kind: 'operational' });
    return new BasinError('trainer.crashed', `The trainer of run ${this.run} ${this.#state.reason}`, { kind: 'operational', details: { run: this.run, reason: this.#state.reason } });
  }
}

/** Why a process that said nothing is gone, in words that follow "the trainer …". */
function reasonOf(exit: TrainerExit): string {
  const how = exit.signal ? `was ended by ${exit.signal}` : exit.code === null ? 'could not be started' : `ended unexpectedly with exit code ${exit.code}`;
  return exit.lastWords ? `${how}; its last words: ${exit.lastWords}` : how;
}
