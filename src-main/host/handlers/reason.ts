import type { Output } from '../../contract/api/index.ts';
import type { Context, Handlers } from '../context.ts';
import { evaluateAndKeep } from '../models/evaluations.ts';

/** Requests that need a run's model: answered by the process that holds them. */
export const reasonHandlers = ({ models, workbench }: Context): Handlers<'reason.walk' | 'replay.assess' | 'runs.evaluate' | 'runs.evaluations' | 'runs.energyError'> => ({
  'reason.walk': (input) => models.ask('walk', input),
  'replay.assess': (input) => models.ask('assess', input),
  'runs.evaluate': (input) => evaluateAndKeep(models, workbench, input, { eachError: true }),
  'runs.evaluations': ({ runs }) => ({ evaluations: workbench.evaluations(runs).map(({ result, options, at }) => ({ ...(result as Output<'runs.evaluate'>), options: options as Output<'runs.evaluations'>['evaluations'][number]['options'], at })) }),
  'runs.energyError': (input) => models.ask('energyError', input),
});
