import { PRESETS, type RunConfig } from '../../contract/config.ts';
import { BasinError } from '../../contract/errors.ts';
import { judgeConfig } from '../../contract/settings.ts';
import { getRun } from '../../../db/runs.ts';
import type { Context, Handlers } from '../context.ts';
import { parameterCount } from '../details.ts';

/** Requests about a run that does not exist yet. */
export const planHandlers = ({ workbench, heavy }: Context): Handlers<'runs.validate' | 'runs.trial'> => ({
  'runs.validate': async ({ preset, changes, fork }) => {
    const { planRun, planFork } = await import('../../workbench/run-plan.ts');
    const { chooseCheckpoint } = await import('../../workbench/checkpoint-choice.ts');
    const parent = fork && getRun(workbench.store, fork.run);
    const judged = judgeConfig({ ...(parent ? parent.config : preset ? PRESETS[preset].settings : {}), ...changes });
    if ('errors' in judged) return { config: null, errors: [...judged.errors], parameters: null };
    const config: RunConfig = judged.config;
    try {
      const { widths } = parent ? planFork(parent, chooseCheckpoint(workbench.store, parent, fork.from), changes) : planRun(config);
      return { config, errors: [], parameters: parameterCount(config, widths) };
    } catch (error) {
      if (!(error instanceof BasinError)) throw error;
      return { config, errors: fieldsOf(error).map((name) => ({ ...(name === undefined ? {} : { name }), message: error.message })), parameters: null };
    }
  },
  'runs.trial': ({ preset, changes, engine: wish }) =>
    heavy(async () => {
      const { planRun } = await import('../../workbench/run-plan.ts');
      const { chooseEngine } = await import('../../workbench/engine-choice.ts');
      const { tryTraining } = await import('../../workbench/trial.ts');
      const { config, widths } = planRun(changes, preset);
      const engine = await chooseEngine({ folder: workbench.folder, config, widths }, wish === 'auto' ? undefined : wish);
      const { msPerIteration, memory, parameters } = await tryTraining({ id: engine, config });
      return { engine, msPerIteration, seconds: (msPerIteration * config.iterations) / 1000, memory, parameters };
    }),
});

/** Settings that an error is about. */
function fieldsOf({ code, details }: BasinError): (string | undefined)[] {
  const settings = details?.['settings'];
  if (Array.isArray(settings)) return settings.map(String);
  if (code.startsWith('dataset.') || code.startsWith('file.')) return ['data'];
  return code === 'fork.finished' ? ['iterations'] : [undefined];
}
