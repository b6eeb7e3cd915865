import { Command } from 'commander';
import { METHODS, TASKS, type PresetName } from '../../contract/config.ts';
import { Workbench } from '../../workbench/workbench.ts';
import { follow } from '../follow.ts';
import { deviceOption, engineOption, newRunOptions, presetOption, setOption, settingChanges, tagOption, type EngineOptions, type LabelOptions, type SettingOptions } from '../options.ts';
import { sessionOf } from '../session.ts';

type Options = SettingOptions & EngineOptions & LabelOptions & { readonly preset?: PresetName };

export const train = () =>
  new Command('train')
    .summary('train a new run in this terminal')
    .description(
      'Trains a new run in this terminal and keeps everything in the store. Ctrl-C stops it with a checkpoint; `basin resume` goes on.\nWithout a preset, settings have their defaults (`basin settings`), which are those of the preset "paper".',
    )
    .option('--task <task>', `problem family: ${TASKS.join(', ')} (dataset with --set data=FILE)`)
    .option('--method <method>', `how answers are found: ${METHODS.join(', ')}`)
    .addOption(presetOption())
    .addOption(setOption())
    .option('--seed <number>', 'decides initial weights, problems, first answers and replay draws')
    .option('--iterations <number>', 'training iterations in the whole run')
    .addOption(engineOption())
    .addOption(deviceOption())
    .option('--name <name>', 'what the run is called; the task and its number unless given')
    .addOption(tagOption())
    .addHelpText(
      'after',
      '\nWith --json, stdout gets one JSON object a line: {"iteration", "loss", "ms", …} for each iteration, and {"event", …} for the rest; NaN and infinities are strings.\n\nExamples:\n  basin train --preset quick\n  basin train --task inverse --seed 7 --set hidden=256 --set learning_rate=3e-4\n  basin train --task dataset --set data=problems.npz --iterations 2000',
    )
    .action(async (options: Options, command: Command) => {
      const session = sessionOf(command);
      const changes = settingChanges(options);
      const workbench = Workbench.open(session.folder);
      try {
        await follow(session, workbench, () => workbench.start({ changes, ...(options.preset ? { preset: options.preset } : {}), ...newRunOptions(options, (text) => session.output.note(text)) }));
      } finally {
        workbench.close();
      }
    });
