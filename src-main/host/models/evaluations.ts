import type { Parsed } from '../../contract/api/index.ts';
import type { Workbench } from '../../workbench/workbench.ts';
import type { Models } from './owner.ts';
import type { Asked } from './protocol.ts';

/** Evaluates in the process that holds models, and keeps what is found, without every problem's own error. */
export async function evaluateAndKeep(models: Models, workbench: Workbench, input: Parsed<'runs.evaluate'>, { eachError = false } = {}): Promise<Asked['evaluate']['output']> {
  const found = await models.ask('evaluate', { ...input, eachError });
  const { run, ...options } = input;
  workbench.keepEvaluation({ run, iteration: found.iteration, options, result: { ...found, results: found.results.map(({ errors: _, ...result }) => result) }, at: Date.now() });
  return found;
}
