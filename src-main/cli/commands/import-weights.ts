import { Command } from 'commander';
import { METHODS } from '../../contract/config.ts';
import { networkText } from '../../contract/words.ts';
import { Workbench } from '../../workbench/workbench.ts';
import { deviceOption, engineOption, newRunOptions, setOption, settingChanges, tagOption, type EngineOptions, type LabelOptions, type SettingOptions } from '../options.ts';
import { sessionOf } from '../session.ts';

type Options = SettingOptions & EngineOptions & LabelOptions;

export const importWeights = () =>
  new Command('import-weights')
    .summary('make a run of a PyTorch state_dict saved as safetensors')
    .description(
      'Makes a run, with a checkpoint at iteration 0, of weights trained elsewhere: a PyTorch state_dict saved with safetensors.torch.save_file. Names are fc1.weight, fc1.bias, … (each may be prefixed with module. or param.), weights are [out, in]. Width and depth come from the shapes.',
    )
    .argument('<file>', 'the safetensors file')
    .option('--task <task>', "what the network solves, where the file's metadata does not say")
    .option('--rank <number>', "rank of the task's matrices, where the file's metadata does not say")
    .option('--nodes <number>', "nodes of the task's graphs, where the file's metadata does not say")
    .option('--method <method>', `how answers are found: ${METHODS.join(', ')}`)
    .addOption(setOption())
    .addOption(engineOption())
    .addOption(deviceOption())
    .option('--name <name>', 'what the run is called; the task and its number unless given')
    .addOption(tagOption())
    .addHelpText('after', '\nExample:\n  basin import-weights irem_addition.safetensors --task addition --rank 20')
    .action(async (file: string, options: Options, command: Command) => {
      const { output, folder, hint } = sessionOf(command);
      const changes = settingChanges(options);
      const workbench = Workbench.open(folder);
      try {
        const run = await workbench.importWeights(file, { changes, ...newRunOptions(options, (text) => output.note(text)) });
        const { id, name, config } = run;
        output.result({ run: id, name, config }, () => `Run ${id} (${name}): ${networkText(config)}\nTest it: ${hint(`evaluate ${id}`)}\nTrain it further: ${hint(`resume ${id}`)}`);
      } finally {
        workbench.close();
      }
    });
