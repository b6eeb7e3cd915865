import type { Output } from '../../contract/api/index.ts';
import { BasinError } from '../../contract/errors.ts';
import { listProbes, probeIterations, readProbe, type ProbeSummary } from '../../../db/probes.ts';
import { getRun } from '../../../db/runs.ts';
import { breathe } from '../breathe.ts';
import type { Context, Handlers } from '../context.ts';
import { curveOf } from '../live/curve.ts';
import { Curves } from '../series/curves.ts';
import { newestOf } from '../series/newest-probes.ts';

type Names = 'series.read' | 'probes.newest' | 'probes.curves' | 'probes.iterations' | 'probes.read';

export function seriesHandlers({ workbench }: Context): Handlers<Names> {
  const { store } = workbench;
  const curves = new Curves(store);
  return {
    'series.read': async ({ queries, points, from, to, every }) => {
      const series: Output<'series.read'>['series'] = [];
      const rest = breathe();
      for (const { run, metric } of queries) {
        series.push({ run, metric, ...curves.read(run, metric, { points, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), ...(every === undefined ? {} : { every }) }) });
        await rest();
      }
      return { series };
    },
    'probes.newest': async ({ runs }) => {
      const probes: Output<'probes.newest'>['probes'] = [];
      const rest = breathe();
      for (const run of new Set(runs)) {
        probes.push(...newestOf(store, run));
        await rest();
      }
      return { probes };
    },
    'probes.curves': ({ run, limit }) => {
      getRun(store, run);
      const all = listProbes(store, run);
      const probes = (['same', 'harder'] as const).flatMap((difficulty) => {
        const own = spread(all.filter((probe) => probe.difficulty === difficulty), limit);
        return own.map((probe, i) => {
          const newest = i === own.length - 1 ? readProbe(store, run, probe.iteration, difficulty) : undefined;
          return newest ? curveOf(newest) : withoutDeviations(probe);
        });
      });
      return { probes };
    },
    'probes.iterations': ({ run }) => {
      getRun(store, run);
      const of = (difficulty: 'same' | 'harder') => Float64Array.from(probeIterations(store, run, difficulty));
      return { same: of('same'), harder: of('harder') };
    },
    'probes.read': ({ run, iteration, difficulty }) => {
      const { name } = getRun(store, run);
      const probe = readProbe(store, run, iteration, difficulty);
      if (!probe) throw new BasinError('probe.unknown', `Run ${run} (${name}) has no probe of difficulty "${difficulty}" at iteration ${iteration}; \`probes.iterations\` lists those there are`, { details: { run, iteration, difficulty } });
      return { probe };
    },
  };
}

const withoutDeviations = ({ iteration, difficulty, steps, problems, meanEnergies, meanErrors }: ProbeSummary) => ({
  iteration,
  difficulty,
  steps,
  problems,
  meanEnergies,
  meanErrors,
  energyDeviations: new Float64Array(0),
  errorDeviations: new Float64Array(0),
});

/** At most `limit` (≥ 2) of these, spread evenly, with the first and the last. */
export function spread<Item>(items: readonly Item[], limit: number): Item[] {
  if (items.length <= limit) return [...items];
  return Array.from({ length: limit }, (_, i) => items[Math.round((i * (items.length - 1)) / (limit - 1))]!);
}
