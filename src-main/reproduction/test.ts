import type { EvaluationOptions } from '../workbench/evaluation-result.ts';
import type { Workbench } from '../workbench/workbench.ts';
import type { Test } from './work.ts';

/** Tests in this process, and keeps what it finds as the workbench's pages do. */
export const testWith =
  (workbench: Workbench): Test =>
  async (run, options) => {
    if ('kind' in options) {
      const { kind: _, checkpoint: __, ...nested } = options;
      const { iteration, ...result } = await workbench.nested(String(run.id), { checkpoint: 'last', ...nested });
      workbench.keepEvaluation({ run: run.id, iteration, options, result, at: Date.now() });
      return;
    }
    await workbench.evaluate(String(run.id), { ...(options as EvaluationOptions), checkpoint: 'last' });
  };
