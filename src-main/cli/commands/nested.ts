import { Command } from 'commander';
import type { CheckpointChoice } from '../../workbench/checkpoint-choice.ts';
import { openLibrary, type ModelFacts } from '../../workbench/library.ts';
import { NESTED_COMPOSITIONS, PUBLISHED_NESTED } from '../../contract/published.ts';
import { NESTED_DEFAULTS, type NestedOptions, type NestedResult } from '../../workbench/nested-result.ts';
import { count, number } from '../format.ts';
import { deviceOption, engineOption, fromOption, modelEngine, wholeNumber, type EngineOptions } from '../options.ts';
import { sessionOf } from '../session.ts';
import { table } from '../table.ts';

type Options = EngineOptions & NestedOptions & { readonly from: CheckpointChoice };

export const nested = () =>
  new Command('nested')
    .summary('sum many matrices by applying a model that adds two again and again')
    .description(
      'Nested addition: a model of task addition adds a further matrix to its own answer, again and again. Prints the mean squared error of the running sum after each composition, with the 95 % interval over problems, beside trivial answers. Every run gets the same matrices.',
    )
    .argument('<run>', "the run's number or name; its task must be addition")
    .option('--matrices <number>', 'how many matrices are summed', wholeNumber(2, 100), NESTED_DEFAULTS.matrices)
    .option('--steps <number>', 'updates of the answer in each composition', wholeNumber(0, 1000), NESTED_DEFAULTS.steps)
    .option('--problems <number>', 'how many sums', wholeNumber(1, 100_000), NESTED_DEFAULTS.problems)
    .option('--seed <number>', 'decides matrices and first answers', wholeNumber(0, 2 ** 31 - 1), NESTED_DEFAULTS.seed)
    .addOption(fromOption())
    .addOption(engineOption())
    .addOption(deviceOption())
    .action(async (ref: string, { from, matrices, steps, problems, seed, ...engine }: Options, command: Command) => {
      const { output, folder } = sessionOf(command);
      const library = openLibrary(folder);
      try {
        const { rank } = library.find(ref).config;
        const report = await library.nested(ref, { matrices, steps, problems, seed, checkpoint: from, ...modelEngine(engine) });
        output.result(report, () => describe(report, rank));
      } finally {
        library.close();
      }
    });

function describe({ run, name, iteration, steps, problems, matrices, points, references }: ModelFacts & NestedResult, rank: number): string {
  const columns = [{ title: 'Compositions', align: 'right' }, { title: 'Matrices', align: 'right' }, { title: 'Error', align: 'right' }, { title: '95 %' }, ...references.map(({ label }) => ({ title: `trivial: ${label}`, align: 'right' }) as const)] as const;
  const rows = points.map(({ compositions, mean, low, high }) => [String(compositions), String(compositions + 1), number(mean), Number.isFinite(low) ? `± ${number((high - low) / 2)}` : '', ...references.map(({ errors }) => number(errors[compositions]))]);
  const published = Object.entries(PUBLISHED_NESTED).map(([method, error]) => `${method} ${number(error)}`);
  const heading = `Run ${run} (${name}), iteration ${count(iteration)}: mean squared error of sums of up to ${matrices} matrices, ${count(steps)} updates a composition, ${count(problems)} problems`;
  const comparable = rank === 20 && matrices > NESTED_COMPOSITIONS;
  return `${heading}\n\n${table(columns, rows)}${comparable ? `\nPublished after ${NESTED_COMPOSITIONS} compositions (read off a plot): ${published.join(', ')}` : ''}`;
}
