import { Command } from 'commander';
import { Workbench } from '../../workbench/workbench.ts';
import { count } from '../format.ts';
import { sessionOf } from '../session.ts';

export const stop = () =>
  new Command('stop')
    .summary('stop a run with a checkpoint, wherever it runs')
    .description('Asks a run that trains in another terminal or window to save a checkpoint and end, and waits until it has.')
    .argument('<run>', "the run's number or name")
    .action(async (ref: string, _: object, command: Command) => {
      const { output, folder, hint } = sessionOf(command);
      const workbench = Workbench.open(folder);
      try {
        const { id, name, status, iteration, config } = await workbench.stop(ref);
        output.result({ run: id, name, status, iteration, iterations: config.iterations }, () => `Run ${id} (${name}) is ${status} at iteration ${count(iteration)} of ${count(config.iterations)}. ${status === 'finished' ? '' : `Go on: ${hint(`resume ${id}`)}`}`.trimEnd());
      } finally {
        workbench.close();
      }
    });
