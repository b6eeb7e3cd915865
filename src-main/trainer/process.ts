import type { TrainerCommand, TrainerEvent, TrainerStart } from '../contract/events.ts';
import { connectOwner } from '../programs/owner.ts';
import { Control } from './control.ts';
import { runTraining } from './session.ts';

/*
 * The program that trains one run: its owner's first message says what to train (TrainerStart), later ones are commands, and
 * events go back. When the owner is gone, the run is saved and stopped: it must not be lost.
 */

const owner = connectOwner<TrainerEvent, TrainerStart | TrainerCommand>();
const control = new Control((event) => void owner.send(event));
let started = false;

owner.onMessage((message) => {
  if (started) {
    control.receive(message as TrainerCommand);
    return;
  }
  started = true;
  void main(message as TrainerStart);
});
owner.onGone(() => {
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
  await owner.exit();
}
