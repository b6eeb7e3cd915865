import type { Test } from '../../reproduction/work.ts';
import type { EvaluationOptions } from '../../workbench/evaluation-result.ts';
import type { Workbench } from '../../workbench/workbench.ts';
import type { Models } from './owner.ts';

/** Tests in the process that holds models, and keeps what it finds. */
export const testAsking =
  (models: Models, workbench: Workbench): Test =>
  async ({ id: run }, options) => {
    if ('kind' in options) {
      const { kind: _, checkpoint: __, ...nested } = options;
      const { iteration, ...result } = await models.ask('nested', { run, checkpoint: 'last', ...nested });
      workbench.keepEvaluation({ run, iteration, options, result, at: Date.now() });
      return;
    }
    const { steps, ...rest } = options as EvaluationOptions;
    const result = await models.ask('evaluate', { run, checkpoint: 'last', steps: [...steps], problems: rest.problems, harder: rest.harder });
    workbench.keepEvaluation({ run, iteration: result.iteration, options, result, at: Date.now() });
  };
