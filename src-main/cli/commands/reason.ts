import { Command } from 'commander';
import type { CheckpointChoice } from '../../workbench/checkpoint-choice.ts';
import { openLibrary } from '../../workbench/library.ts';
import { count, number } from '../format.ts';
import { deviceOption, engineOption, fromOption, modelEngine, positiveNumber, wholeNumber, type EngineOptions } from '../options.ts';
import { sessionOf } from '../session.ts';
import { facts } from '../table.ts';

interface Options extends EngineOptions {
  readonly input: string;
  readonly out: string;
  readonly steps: number;
  readonly stepSize?: number;
  readonly seed: number;
  readonly from: CheckpointChoice;
}

export const reason = () =>
  new Command('reason')
    .summary('let a run’s model reason about the problems of a file')
    .description(
      'Lets a run’s model reason about the problems of a file, and writes every answer with its energy to a safetensors file: answers [steps + 1, rows, width], energies and gradient_norms [steps + 1, rows], and errors when the file has y. Index k is after k updates.',
    )
    .argument('<run>', "the run's number or name")
    .requiredOption('--input <file>', 'a .safetensors or .npz file with x [rows, width], and optionally y0 (first answers) and y (exact answers)')
    .requiredOption('--out <file>', 'the safetensors file to write')
    .option('--steps <number>', 'updates of each answer', wholeNumber(1, 1_000_000), 80)
    .option('--step-size <number>', 'λ, the length of an update; that of the run unless given', positiveNumber)
    .option('--seed <number>', 'decides the first answers where the file has no y0', wholeNumber(0, 2 ** 31 - 1), 0)
    .addOption(fromOption())
    .addOption(engineOption())
    .addOption(deviceOption())
    .action(async (ref: string, { from, engine, device, ...options }: Options, command: Command) => {
      const { output, folder } = sessionOf(command);
      const library = openLibrary(folder);
      try {
        const report = await library.reason(ref, { ...options, checkpoint: from, ...modelEngine({ ...(engine ? { engine } : {}), ...(device ? { device } : {}) }) });
        const { run, name, iteration, rows, steps, stepSize, energy, error, out } = report;
        output.result(report, () =>
          facts([
            ['Run', `${run} (${name}), ${typeof from === 'number' ? '' : `${from} `}checkpoint: iteration ${count(iteration)}`],
            ['Problems', count(rows)],
            ['Updates', `${count(steps)}, step size ${number(stepSize)}`],
            ...(energy ? [['Mean energy', `${number(energy.first)} → ${number(energy.last)}`] as const] : []),
            ...(error ? [['Mean squared error', `${number(error.first)} → ${number(error.last)}`] as const] : []),
            ['Written', out],
          ]),
        );
      } finally {
        library.close();
      }
    });
