import { Command } from 'commander';
import type { CheckpointChoice } from '../../workbench/checkpoint-choice.ts';
import { openLibrary, type EvaluationReport } from '../../workbench/library.ts';
import { DEFAULT_PROBLEMS, DEFAULT_STEPS, type EvaluationResult } from '../../workbench/evaluation-result.ts';
import { count, number } from '../format.ts';
import { deviceOption, engineOption, fromOption, modelEngine, wholeNumber, wholeNumbers, type EngineOptions } from '../options.ts';
import { sessionOf } from '../session.ts';
import { table } from '../table.ts';

interface Options extends EngineOptions {
  readonly steps: readonly number[];
  readonly problems: number;
  readonly harder?: boolean;
  readonly from: CheckpointChoice;
}

export const evaluate = () =>
  new Command('evaluate')
    .summary("test a run's model on fresh problems, beside trivial answers")
    .description(
      "Tests a run's model on fresh problems from random first answers: mean squared error after each number of updates, and where the energy is lowest. The task's trivial answers are computed on the same problems, and all runs are tested on the same ones.",
    )
    .argument('<run>', "the run's number or name")
    .option('--steps <list>', 'numbers of updates after which the error is taken', wholeNumbers(0, 100_000), [...DEFAULT_STEPS])
    .option('--problems <number>', 'how many problems', wholeNumber(1, 1_000_000), DEFAULT_PROBLEMS)
    .option('--harder', 'harder problems than in training as well')
    .addOption(fromOption())
    .addOption(engineOption())
    .addOption(deviceOption())
    .action(async (ref: string, { steps, problems, harder = false, from, ...engine }: Options, command: Command) => {
      const { output, folder } = sessionOf(command);
      const library = openLibrary(folder);
      try {
        const report = await library.evaluate(ref, { steps, problems, harder, checkpoint: from, ...modelEngine(engine) });
        output.result(
          report.results.map((result) => ({ ...withoutResults(report), ...result })),
          () => [headline(report), ...report.results.map(describe)].join('\n\n'),
        );
      } finally {
        library.close();
      }
    });

function withoutResults({ results: _, ...facts }: EvaluationReport) {
  return facts;
}

const headline = ({ run, name, checkpoint, iteration, engine, stepSize }: EvaluationReport): string =>
  `Run ${run} (${name}), ${checkpoint === 'best' ? 'BEST checkpoint by probe error (chosen on test problems)' : checkpoint === 'last' ? 'last checkpoint' : 'checkpoint'}: iteration ${count(iteration)}, step size ${number(stepSize)}, engine ${engine.engine}/${engine.device}`;

function describe({ difficulty, problems, steps, lowestEnergy, references }: EvaluationResult): string {
  const rows = steps.map(({ updates, error, energy }) => [`after ${count(updates)} updates`, number(error), number(energy)]);
  if (lowestEnergy) rows.push(['at the lowest energy', number(lowestEnergy.error), `after ${number(lowestEnergy.updates)} updates on average`]);
  const trivial = references.map(({ label, error }) => [`trivial: ${label}`, number(error), '']);
  const heading = difficulty === 'same' ? 'Problems as in training' : 'Harder problems';
  return `${table([{ title: `${heading} (${count(problems)})` }, { title: 'Error', align: 'right' }, { title: 'Energy' }], [...rows, ...trivial])}\n${verdict({ steps, references })}`;
}

/** Whether the model is better than answers that need no learning, in plain words. */
function verdict({ steps, references }: Pick<EvaluationResult, 'steps' | 'references'>): string {
  const { updates, error } = steps.at(-1)!;
  const names = (some: EvaluationResult['references']) => some.map(({ label, error: mse }) => `${label} (${number(mse)})`).join(', ');
  const beaten = references.filter((reference) => reference.beaten);
  const better = references.filter((reference) => !reference.beaten);
  const model = `After ${count(updates)} updates the model (${number(error)})`;
  if (better.length === 0) return `${model} beats every trivial answer.`;
  return `${model} does NOT beat ${names(better)}.${beaten.length > 0 ? ` It beats ${names(beaten)}.` : ''}`;
}
