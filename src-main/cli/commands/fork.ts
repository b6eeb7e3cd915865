import { Command } from 'commander';
import type { CheckpointChoice } from '../../workbench/checkpoint-choice.ts';
import { Workbench } from '../../workbench/workbench.ts';
import { follow } from '../follow.ts';
import { deviceOption, engineOption, fromOption, newRunOptions, setOption, settingChanges, tagOption, type EngineOptions, type LabelOptions, type SettingOptions } from '../options.ts';
import { sessionOf } from '../session.ts';

type Options = SettingOptions & EngineOptions & LabelOptions & { readonly from: CheckpointChoice };

export const fork = () =>
  new Command('fork')
    .summary('train a new run from a checkpoint of another, with changed settings')
    .description('Starts a new run from a checkpoint of another one: weights, Adam and replay buffer come along. Settings may change, except those that give the network another shape.')
    .argument('<run>', "the parent's number or name")
    .addOption(fromOption())
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
