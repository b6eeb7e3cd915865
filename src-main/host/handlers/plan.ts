import { PRESETS, type RunConfig } from '../../contract/config.ts';
import { BasinError } from '../../contract/errors.ts';
import { judgeConfig } from '../../contract/settings.ts';
import { getRun } from '../../../db/runs.ts';
import type { Context, Handlers } from '../context.ts';
import { parameterCount } from '../details.ts';

/** Requests about a run that does not exist yet. */
export const planHandlers = ({ workbench }: Context): Handlers<'runs.validate'> => ({
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
});

/** Settings that an error is about. */
function fieldsOf({ code, details }: BasinError): (string | undefined)[] {
  const settings = details?.['settings'];
  if (Array.isArray(settings)) return settings.map(String);
  if (code.startsWith('dataset.') || code.startsWith('file.')) return ['data'];
  return code === 'fork.finished' ? ['iterations'] : [undefined];
}
