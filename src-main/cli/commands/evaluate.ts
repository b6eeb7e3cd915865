import { Command, InvalidArgumentError } from 'commander';
import { DEFAULT_PLATEAU, DEFAULT_PROBLEMS, DEFAULT_STEPS, plateauIfOther } from '../../contract/evaluation.ts';
import { SIZES } from '../../contract/tasks.ts';
import type { CheckpointChoice } from '../../workbench/checkpoint-choice.ts';
import { openLibrary, type EvaluationReport } from '../../workbench/library.ts';
import type { EvaluationResult, Judgement, SizeResult } from '../../workbench/evaluation-result.ts';
import { count, number } from '../format.ts';
import { deviceOption, engineOption, fromOption, modelEngine, wholeNumber, wholeNumbers, type EngineOptions } from '../options.ts';
import { sessionOf } from '../session.ts';
import { table } from '../table.ts';

interface Options extends EngineOptions {
  readonly steps: readonly number[];
  readonly problems: number;
  readonly harder?: boolean;
  readonly sizes?: readonly number[];
  readonly from: CheckpointChoice;
  readonly tolerance: number;
  readonly patience: number;
}

export const evaluate = () =>
  new Command('evaluate')
    .summary("test a run's model on fresh problems, beside trivial answers")
    .description(
      "Tests a run's model on fresh problems from random first answers: mean squared error after each number of updates, and where the energy is lowest. The task's trivial answers are computed on the same problems, and all runs are tested on the same ones. What was found is kept in the store, where the page shows it.",
    )
    .argument('<run>', "the run's number or name")
    .option('--steps <list>', 'numbers of updates after which the error is taken', wholeNumbers(0, 100_000), [...DEFAULT_STEPS])
    .option('--problems <number>', 'how many problems', wholeNumber(1, 1_000_000), DEFAULT_PROBLEMS)
    .option('--harder', 'harder problems than in training as well')
    .option('--sizes <list>', 'graph tasks: at these numbers of nodes as well, with up to 512 graphs of the training size and fewer larger ones', wholeNumbers(...SIZES))
    .option('--tolerance <share>', 'plateau: a fall of the energy counts when it is more than this share of the fall so far', share, DEFAULT_PLATEAU.tolerance)
    .option('--patience <updates>', 'plateau: a walk stops after so many updates without a fall that counts', wholeNumber(1, 1000), DEFAULT_PLATEAU.patience)
    .addOption(fromOption())
    .addOption(engineOption())
    .addOption(deviceOption())
    .action(async (ref: string, { steps, problems, harder = false, sizes, from, tolerance, patience, ...engine }: Options, command: Command) => {
      const { output, folder } = sessionOf(command);
      const library = openLibrary(folder);
      try {
        const report = await library.evaluate(ref, { steps, problems, harder, checkpoint: from, ...plateauIfOther({ tolerance, patience }), ...(sizes ? { sizes } : {}), ...modelEngine(engine) });
        output.result(
          [...report.results, ...(report.sizes ?? [])].map((result) => ({ ...withoutResults(report), ...result })),
          () => [headline(report), ...report.results.map(describe), ...(report.sizes ? [describeSizes(report.sizes)] : [])].join('\n\n'),
        );
        if (!report.kept) output.warn(`the evaluation is not kept: the store in ${folder} may only be read`);
      } finally {
        library.close();
      }
    });

function withoutResults({ results: _, sizes: __, ...facts }: EvaluationReport) {
  return facts;
}

const headline = ({ run, name, checkpoint, iteration, engine, stepSize }: EvaluationReport): string =>
  `Run ${run} (${name}), ${checkpoint === 'best' ? 'BEST checkpoint by probe error (chosen on test problems)' : checkpoint === 'last' ? 'last checkpoint' : 'checkpoint'}: iteration ${count(iteration)}, step size ${number(stepSize)}, engine ${engine.engine}/${engine.device}`;

function describe({ difficulty, problems, steps, lowestEnergy, plateau, halting, references }: EvaluationResult): string {
  const rows = steps.map(({ updates, error, low, high, energy }) => [`after ${count(updates)} updates`, number(error), `± ${number((high - low) / 2)}`, number(energy)]);
  if (lowestEnergy) rows.push(['at the lowest energy', number(lowestEnergy.error), '', `after ${number(lowestEnergy.updates)} updates on average`]);
  if (plateau) rows.push(['where the energy no longer falls', number(plateau.error), '', `after ${number(plateau.updates)} updates on average, ${number(100 * plateau.stopped)} % stopped`]);
  if (halting) rows.push(['where it halts', number(halting.error), '', `after ${number(halting.updates)} updates on average, ${number(halting.expected)} expected`]);
  const trivial = references.map(({ label, error }) => [`trivial: ${label}`, number(error), '', '']);
  const heading = difficulty === 'same' ? 'Problems as in training' : 'Harder problems';
  return `${table([{ title: `${heading} (${count(problems)})` }, { title: 'Error', align: 'right' }, { title: '95 %' }, { title: steps.some(({ energy }) => energy !== undefined) ? 'Energy' : '' }], [...rows, ...trivial])}\n${verdict({ steps, references })}`;
}

/** Errors by size, one column each. */
function describeSizes(sizes: readonly SizeResult[]): string {
  const row = (name: string, cell: (result: SizeResult) => number | undefined) => [name, ...sizes.map((result) => number(cell(result)))];
  const { steps, references } = sizes[0]!;
  const rows = [
    row('graphs', ({ problems }) => problems),
    ...steps.map(({ updates }, i) => row(`after ${count(updates)} updates`, (result) => result.steps[i]!.error)),
    ...(sizes[0]!.lowestEnergy ? [row('at the lowest energy', ({ lowestEnergy }) => lowestEnergy?.error)] : []),
    ...references.map(({ label }, i) => row(`trivial: ${label}`, (result) => result.references[i]!.error)),
  ];
  const verdicts = sizes.map((result) => `${result.nodes} nodes: ${verdict(result)}`);
  return `${table([{ title: 'Graphs of other sizes: error with' }, ...sizes.map(({ nodes }) => ({ title: `${nodes} nodes`, align: 'right' }) as const)], rows)}\n${verdicts.join('\n')}`;
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError('It must be a number from 0 to 1.');
  return value;
}

/** Whether the model is better than answers that need no learning, in plain words. */
function verdict({ steps, references }: Pick<Judgement, 'steps' | 'references'>): string {
  const { updates, error } = steps.at(-1)!;
  const names = (some: Judgement['references']) => some.map(({ label, error: mse }) => `${label} (${number(mse)})`).join(', ');
  const beaten = references.filter((reference) => reference.beaten);
  const better = references.filter((reference) => !reference.beaten);
  const model = `After ${count(updates)} updates the model (${number(error)})`;
  if (better.length === 0) return `${model} beats every trivial answer.`;
  return `${model} does NOT beat ${names(better)}.${beaten.length > 0 ? ` It beats ${names(beaten)}.` : ''}`;
}
