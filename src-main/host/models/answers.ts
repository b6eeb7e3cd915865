import type { ReadStore } from '../../../db/open.ts';
import { getRun } from '../../../db/runs.ts';
import { openTask } from '../../tasks/index.ts';
import { evaluate } from '../../workbench/evaluate.ts';
import { exportRun } from '../../workbench/export.ts';
import { assess } from './assess.ts';
import { Benches } from './benches.ts';
import type { Asked } from './protocol.ts';
import { walk } from './walk.ts';

type Answers = { readonly [Name in keyof Asked]: (input: Asked[Name]['input']) => Promise<Asked[Name]['output']> };

/** What the process that holds models answers. */
export function answers(store: ReadStore): Answers {
  const benches = new Benches(store);
  return {
    walk: (input) => benches.with(input.run, input.checkpoint, (bench) => walk(store, bench, input)),
    assess: ({ run, checkpoint }) => benches.with(run, checkpoint, ({ model }) => assess(store, run, model)),
    evaluate: ({ run, checkpoint, steps, problems, harder }) =>
      benches.with(run, checkpoint, async ({ model }) => {
        const ascending = [...new Set(steps)].sort((a, b) => a - b);
        const results = await evaluate(model, { steps: ascending, problems, harder });
        return { run, iteration: model.iteration, stepSize: model.stepSize, results: results.map(({ steps: found, references, ...rest }) => ({ ...rest, steps: [...found], references: [...references] })) };
      }),
    export: async ({ run, format }) => Buffer.concat(await Promise.resolve(exportRun(store, getRun(store, run), format))),
    problem: (config) => {
      const { widths, pictures } = openTask(config);
      return Promise.resolve({ widths: { ...widths }, pictures: { x: { ...pictures.x }, y: { ...pictures.y } } });
    },
  };
}
