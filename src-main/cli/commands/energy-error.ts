import { Command } from 'commander';
import type { CheckpointChoice } from '../../workbench/checkpoint-choice.ts';
import { writeFileAtomic } from '../../formats/files.ts';
import { energyErrorCsv } from '../../workbench/energy-error-csv.ts';
import type { EnergyError } from '../../workbench/energy-error.ts';
import { openLibrary } from '../../workbench/library.ts';
import { count, number } from '../format.ts';
import { deviceOption, engineOption, fromOption, modelEngine, wholeNumber, type EngineOptions } from '../options.ts';
import { sessionOf } from '../session.ts';
import { table } from '../table.ts';

interface Options extends EngineOptions {
  readonly problems: number;
  readonly steps: number;
  readonly csv?: string;
  readonly from: CheckpointChoice;
}

export const energyError = () =>
  new Command('energy-error')
    .summary("how well a model's energy orders answers by their error")
    .description('Energy against error of many answers of fresh problems, along the descent and along straight lines from noise to the exact answer, with Spearman’s rank correlation. With --json, every point is printed; with --csv, every point is written to a file.')
    .argument('<run>', "the run's number or name")
    .option('--problems <number>', 'how many problems of each difficulty', wholeNumber(2, 10_000), 256)
    .option('--steps <number>', 'updates of the descent', wholeNumber(1, 1000), 40)
    .option('--csv <file>', 'write every point: difficulty, along (descent or line), problem, at (updates, or share of the way), energy, error')
    .addOption(fromOption())
    .addOption(engineOption())
    .addOption(deviceOption())
    .action(async (ref: string, { problems, steps, csv, from, ...engine }: Options, command: Command) => {
      const { output, folder } = sessionOf(command);
      const library = openLibrary(folder);
      try {
        const { results, ...facts } = await library.energyError(ref, { problems, steps, checkpoint: from, ...modelEngine(engine) });
        if (csv !== undefined) await writeFileAtomic(csv, energyErrorCsv(results));
        output.result(
          results.map(({ energies, errors, ...result }) => ({ ...facts, ...result, ...(csv === undefined ? { energies, errors } : { csv }) })),
          () => `Run ${facts.run} (${facts.name}), iteration ${count(facts.iteration)}: rank correlation of energy and error; 1 = the energy orders answers exactly as the error does\n\n${describe(results)}${csv === undefined ? '' : `\nEvery point is in ${csv}`}`,
        );
      } finally {
        library.close();
      }
    });

const WHERE = { descent: 'along the descent', line: 'from noise to the answer' } as const;

const describe = (results: readonly EnergyError[]): string =>
  table(
    [{ title: 'Problems' }, { title: 'Answers' }, { title: 'Points', align: 'right' }, { title: 'Overall', align: 'right' }, { title: 'Median of problems', align: 'right' }, { title: '5 % … 95 %' }],
    results.map(({ difficulty, along, energies, overall, perProblem }) => [difficulty, WHERE[along], count(energies.length), number(overall), number(perProblem.quantiles[2]), `${number(perProblem.quantiles[0])} … ${number(perProblem.quantiles[4])}`]),
  );
