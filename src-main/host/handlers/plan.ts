import { PRESETS } from '../../contract/config.ts';
import { BasinError } from '../../contract/errors.ts';
import { judgeConfig, resolveConfig } from '../../contract/settings.ts';
import { getRun } from '../../../db/runs.ts';
import type { Context, Handlers } from '../context.ts';
import { parameterCount } from '../details.ts';

/** Requests about a run that does not exist yet. */
export const planHandlers = ({ workbench, problems, heavy }: Context): Handlers<'runs.validate' | 'runs.trial'> => ({
  'runs.validate': async ({ preset, changes, fork }) => {
    const { absoluteData, planFork } = await import('../../workbench/run-plan.ts');
    const { chooseCheckpoint } = await import('../../workbench/checkpoint-choice.ts');
    const parent = fork && getRun(workbench.store, fork.run);
    const judged = judgeConfig(absoluteData({ ...(parent ? parent.config : preset ? PRESETS[preset].settings : {}), ...changes }));
    if ('errors' in judged) return { config: null, errors: [...judged.errors], parameters: null };
    const { config } = judged;
    try {
      const { widths } = await problems.of(config);
      if (parent) planFork(parent, chooseCheckpoint(workbench.store, parent, fork.from), changes);
      return { config, errors: [], parameters: parameterCount(config, widths) };
    } catch (error) {
      if (!(error instanceof BasinError) || error.kind === 'bug') throw error;
      return { config, errors: fieldsOf(error).map((name) => ({ ...(name === undefined ? {} : { name }), message: error.message })), parameters: null };
    }
  },
  'runs.trial': ({ preset, changes, engine: wish }) =>
    heavy(async () => {
      const { absoluteData } = await import('../../workbench/run-plan.ts');
      const { chooseEngine } = await import('../../workbench/engine-choice.ts');
      const { tryTraining } = await import('../../workbench/trial.ts');
      const config = resolveConfig(absoluteData(changes), preset);
      const { widths } = await problems.of(config);
      const engine = await chooseEngine({ folder: workbench.folder, config, widths }, wish === 'auto' ? undefined : wish);
      const { msPerIteration, memory, parameters } = await tryTraining({ id: engine, config, sparing: workbench.sparing });
      return { engine, msPerIteration, seconds: (msPerIteration * config.iterations) / 1000, memory, parameters };
    }),
});

/** Settings that an error is about; [undefined] when it is about several together. */
function fieldsOf({ code, details }: BasinError): (string | undefined)[] {
  const settings = details?.['settings'];
  if (Array.isArray(settings)) return settings.map(String);
  if (code.startsWith('dataset.') || code.startsWith('file.')) return ['data'];
  return code === 'fork.finished' ? ['iterations'] : [undefined];
}
