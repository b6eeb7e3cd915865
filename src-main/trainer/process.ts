import type { TrainerCommand, TrainerEvent, TrainerStart } from '../contract/events.ts';
import { Control } from './control.ts';
import { runTraining } from './session.ts';

/*
 * The program that trains one run, forked by its owner: the first message says what to train (TrainerStart), later ones
 * are commands, and events go back. When the owner is gone, the run is saved and stopped: it must not be lost.
 */

let started = false;
/** Messages keep their order: when the last one is out, all are. */
let delivered: Promise<void> = Promise.resolve();
const control = new Control((event) => {
  delivered = deliver(event);
});

process.on('message', (message: TrainerStart | TrainerCommand) => {
  if (started) {
    control.receive(message as TrainerCommand);
    return;
  }
  started = true;
  void main(message as TrainerStart);
});
process.on('disconnect', () => {
  if (started) stop();
  else process.exit();
});
process.on('SIGTERM', stop);
process.on('SIGHUP', stop);
// Ctrl-C in a terminal goes to every process of the group: what happens then is for the owner to say.
process.on('SIGINT', () => undefined);

function stop(): void {
  control.receive({ type: 'stop' });
}

async function main(start: TrainerStart): Promise<void> {
  await runTraining(start, control);
  await delivered;
  process.exit();
}

/** Resolves when the message is out, or cannot be delivered because the owner is gone. */
function deliver(event: TrainerEvent): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send!(event, undefined, undefined, () => resolve());
    else resolve();
  });
}
