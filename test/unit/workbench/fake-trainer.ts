import type { TrainerCommand, TrainerEvent, TrainerStart } from '../../../src-main/contract/events.ts';
import type { TrainerExit, TrainerProcess } from '../../../src-main/workbench/trainer-process.ts';

/** The other end of a trainer's process, played by a test: what an owner sends is kept, and what it hears is up to the test. */
export class FakeTrainer implements TrainerProcess {
  readonly pid = 4711;
  readonly sent: (TrainerStart | TrainerCommand)[] = [];
  killed = false;
  #message: (event: TrainerEvent) => void = () => undefined;
  #exit: (exit: TrainerExit) => void = () => undefined;

  send(message: TrainerStart | TrainerCommand): void {
    this.sent.push(message);
  }

  onMessage(listener: (event: TrainerEvent) => void): void {
    this.#message = listener;
  }

  onExit(listener: (exit: TrainerExit) => void): void {
    this.#exit = listener;
  }

  kill(): void {
    this.killed = true;
    this.exit({ code: null, signal: 'SIGKILL' });
  }

  say(event: TrainerEvent): void {
    this.#message(event);
  }

  ready(): void {
    this.say({ type: 'ready', engine: 'compiled', device: 'cpu', parameters: 1, iteration: 0 });
  }

  /** Says how the run ended, then ends. */
  end(ended: Omit<Extract<TrainerEvent, { type: 'ended' }>, 'type'>): void {
    this.say({ type: 'ended', ...ended });
    this.exit({ code: 0, signal: null });
  }

  exit(exit: Omit<TrainerExit, 'lastWords'> & { lastWords?: string }): void {
    this.#exit({ lastWords: '', ...exit });
  }
}
