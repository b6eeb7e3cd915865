import { Command } from 'commander';
import { Workbench } from '../../workbench/workbench.ts';
import { follow } from '../follow.ts';
import { wholeNumber } from '../options.ts';
import { sessionOf } from '../session.ts';

export const resume = () =>
  new Command('resume')
    .summary('go on with a run that was stopped, interrupted or finished')
    .description('Goes on with a run from its last checkpoint, with the settings and the engine it has. On the CPU it ends with the same numbers as a run that was never stopped.')
    .argument('<run>', "the run's number or name")
    .option('--iterations <number>', 'iterations in the whole run, to train longer than it was to', wholeNumber(1, 10_000_000))
    .action(async (ref: string, { iterations }: { iterations?: number }, command: Command) => {
      const session = sessionOf(command);
      const workbench = Workbench.open(session.folder);
      try {
        await follow(session, workbench, () => workbench.resume(ref, iterations === undefined ? {} : { iterations }));
      } finally {
        workbench.close();
      }
    });
