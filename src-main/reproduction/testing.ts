import type { EvaluationOptions } from '../workbench/evaluation-result.ts';
import type { NestedOptions, NestedResult } from '../workbench/nested-result.ts';
import type { Workbench } from '../workbench/workbench.ts';
import type { Test } from './work.ts';

/** Where a run's last checkpoint is tested: in this process, or in one that holds models. */
export interface Tester {
  /** Evaluates, and keeps the evaluation. */
  evaluate(run: number, options: EvaluationOptions & { readonly checkpoint: 'last' }): Promise<unknown>;
  nested(run: number, options: NestedOptions & { readonly checkpoint: 'last' }): Promise<NestedResult & { readonly iteration: number }>;
}

/** Tests in this process. */
const here = (workbench: Workbench): Tester => ({
  evaluate: (run, options) => workbench.evaluate(String(run), options),
  nested: (run, options) => workbench.nested(String(run), options),
});

/** How finished runs are tested, and where what is found is kept: in the store, for tables and pages alike. */
export const testWith =
  (workbench: Workbench, tester: Tester = here(workbench)): Test =>
  async ({ id }, options) => {
    if (!('kind' in options)) {
      await tester.evaluate(id, options);
      return;
    }
    const { kind: _, ...nested } = options;
    const { iteration, matrices, steps, problems, seed, points, references } = await tester.nested(id, nested);
    workbench.keepEvaluation({ run: id, iteration, options, result: { matrices, steps, problems, seed, points, references }, at: Date.now() });
  };
