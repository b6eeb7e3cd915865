import type { TrainerCommand, TrainerEvent } from '../contract/events.ts';

/** What the owner asked for, until the loop reaches a safe point, and the way to tell the owner something. */
export class Control {
  readonly send: (event: TrainerEvent) => void;
  private stop = false;
  private checkpoint = false;
  private replay = false;

  constructor(send: (event: TrainerEvent) => void) {
    this.send = send;
  }

  receive(command: TrainerCommand): void {
    if (command.type === 'stop') this.stop = true;
    else if (command.type === 'checkpoint') this.checkpoint = true;
    else this.replay = true;
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

  /** Whether a copy of the replay buffer was asked for since the last call. */
  takeReplayRequest(): boolean {
    const requested = this.replay;
    this.replay = false;
    return requested;
  }
}
