import type { Context, Handlers } from '../context.ts';

/** Requests that need a run's model: answered by the process that holds them. */
export const reasonHandlers = ({ models }: Context): Handlers<'reason.walk' | 'replay.assess' | 'runs.evaluate'> => ({
  'reason.walk': (input) => models.ask('walk', input),
  'replay.assess': (input) => models.ask('assess', input),
  'runs.evaluate': (input) => models.ask('evaluate', input),
});
