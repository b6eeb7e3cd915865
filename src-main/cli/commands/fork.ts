import { Command, InvalidArgumentError } from 'commander';
import type { CheckpointChoice } from '../../workbench/checkpoint-choice.ts';
import { Workbench } from '../../workbench/workbench.ts';
import { follow } from '../follow.ts';
import { deviceOption, engineOption, newRunOptions, setOption, settingChanges, tagOption, wholeNumber, type EngineOptions, type LabelOptions, type SettingOptions } from '../options.ts';
import { sessionOf } from '../session.ts';

type Options = SettingOptions & EngineOptions & LabelOptions & { readonly from: CheckpointChoice };

export const fork = () =>
  new Command('fork')
    .summary('train a new run from a checkpoint of another, with changed settings')
    .description('Starts a new run from a checkpoint of another one: weights, Adam and replay buffer come along. Settings may change, except those that give the network another shape.')
    .argument('<run>', "the parent's number or name")
    .option('--from <iteration>', "iteration of the checkpoint, or last, or best (lowest probe error); `basin show` lists a run's checkpoints", checkpointChoice, 'last')
    .addOption(setOption())
    .option('--seed <number>', 'another seed: other problems from here on')
    .option('--iterations <number>', 'iterations in the whole run, the parent’s included')
    .addOption(engineOption())
    .addOption(deviceOption())
    .option('--name <name>', 'what the fork is called; the task and its number unless given')
    .addOption(tagOption())
    .addHelpText('after', '\nExample:\n  basin fork 3 --from 4000 --set learning_rate=3e-4 --iterations 12000')
    .action(async (ref: string, options: Options, command: Command) => {
      const session = sessionOf(command);
      const changes = settingChanges(options);
      const workbench = Workbench.open(session.folder);
      try {
        await follow(session, workbench, () => workbench.fork(ref, { from: options.from, changes, ...newRunOptions(options, (text) => session.output.note(text)) }));
      } finally {
        workbench.close();
      }
    });

function checkpointChoice(text: string): CheckpointChoice {
  if (text === 'last' || text === 'best') return text;
  try {
    return wholeNumber(0, 10_000_000)(text);
  } catch {
    throw new InvalidArgumentError('It must be the iteration of a checkpoint, last, or best.');
  }
}
