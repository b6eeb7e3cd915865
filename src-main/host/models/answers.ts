import type { ReadStore } from '../../../db/open.ts';
import { getRun } from '../../../db/runs.ts';
import { energyError, thinned } from '../../workbench/energy-error.ts';
import { evaluateAll } from '../../workbench/evaluate-sizes.ts';
import type { Judgement } from '../../workbench/evaluation-result.ts';
import { exportRun } from '../../workbench/export.ts';
import { nestedAddition } from '../../workbench/nested.ts';
import { problemOf } from '../problems.ts';
import { assess } from './assess.ts';
import { Benches } from './benches.ts';
import type { Asked } from './protocol.ts';
import { walk } from './walk.ts';

/** Points of a scatter that a page gets: more would not be told apart. */
const POINTS_SENT = 2000;

type Answers = { readonly [Name in keyof Asked]: (input: Asked[Name]['input']) => Promise<Asked[Name]['output']> };

/** What the process that holds models answers. */
export function answers(store: ReadStore): Answers {
  const benches = new Benches(store);
  return {
    walk: (input) => benches.with(input.run, input.checkpoint, (bench) => walk(store, bench, input)),
    assess: ({ run, checkpoint }) => benches.with(run, checkpoint, ({ model }) => assess(store, run, model)),
    evaluate: ({ run, checkpoint, plateau, sizes, ...options }) =>
      benches.with(run, checkpoint, async ({ model }) => {
        const found = await evaluateAll(model, { ...options, steps: [...new Set(options.steps)].sort((a, b) => a - b), ...(plateau ? { plateau } : {}), ...(sizes ? { sizes } : {}) });
        return { run, iteration: model.iteration, stepSize: model.stepSize, results: found.results.map(plain), ...(found.sizes ? { sizes: found.sizes.map(plain) } : {}) };
      }),
    energyError: ({ run, checkpoint, problems, steps }) =>
      benches.with(run, checkpoint, async ({ model }) => {
        const results = await energyError(model, { problems, steps });
        return {
          run,
          iteration: model.iteration,
          results: results.map((result) => ({ difficulty: result.difficulty, along: result.along, problems: result.problems, points: result.energies.length, ...thinned(result, POINTS_SENT), overall: result.overall, perProblem: { ...result.perProblem, quantiles: [...result.perProblem.quantiles] } })),
        };
      }),
    nested: ({ run, checkpoint, ...options }) => benches.with(run, checkpoint, async ({ model }) => ({ iteration: model.iteration, ...(await nestedAddition(model, options)) })),
    export: async ({ run, format }) => Buffer.concat(await Promise.resolve(exportRun(store, getRun(store, run), format))),
    problem: (config) => Promise.resolve(problemOf(config)),
  };
}

/** A judgement with lists that the contract may hand on. */
const plain = <Result extends Judgement>(result: Result) => ({ ...result, steps: result.steps.map((step) => ({ ...step, quantiles: [...step.quantiles] })), references: [...result.references] });
