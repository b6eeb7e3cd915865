import type { TrainerCommand, TrainerEvent } from '../contract/events.ts';

/** What the owner asked for, until the loop reaches a safe point, and the way to tell the owner something. */
export class Control {
  readonly send: (event: TrainerEvent) => void;
  private stop = false;
  private checkpoint = false;

  constructor(send: (event: TrainerEvent) => void) {
    this.send = send;
  }

  receive(command: TrainerCommand): void {
    if (command.type === 'stop') this.stop = true;
    else this.checkpoint = true;
  }

  /** Whether to save and end after the iteration at hand. */
  get stopRequested(): boolean {
    return this.stop;
  }

  /** Whether a checkpoint was asked for since the last call. */
  takeCheckpointRequest(): boolean {
    const requested = this.checkpoint;
    this.checkpoint = false;
    return requested;
  }
}
