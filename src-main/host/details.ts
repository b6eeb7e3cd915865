import type { Output } from '../contract/api/index.ts';
import type { RunConfig } from '../contract/config.ts';
import { listCheckpoints } from '../../db/checkpoints.ts';
import { readLog } from '../../db/log.ts';
import { readSummaries } from '../../db/run-summaries.ts';
import { getRun } from '../../db/runs.ts';
import { listMetrics, readSeries } from '../../db/series.ts';
import { methodFor } from '../methods/index.ts';
import type { Widths } from '../methods/types.ts';
import type { Workbench } from '../workbench/workbench.ts';
import type { Problems } from './problems.ts';
import { toSummary } from './summary.ts';

export type Details = Output<'runs.get'>;

/** Everything that is known of a run. @throws BasinError `run.unknown` */
export async function detailsOf(workbench: Workbench, problems: Problems, id: number): Promise<Details> {
  const { store } = workbench;
  // A task that cannot be opened any more (its data file is gone) leaves a run that can still be read.
  const problem = await problems.of(getRun(store, id).config).catch(() => null);
  return store.consistently(() => {
    const row = getRun(store, id);
    const { config, notes, error, divergence, versions } = row;
    const metrics = listMetrics(store, id).map((summary) => ({ ...summary, newest: readSeries(store, id, summary.metric, { from: summary.last }).values.at(-1) ?? NaN }));
    return {
      run: toSummary(readSummaries(store, [id])[0]!),
      config,
      parameters: problem && parameterCount(config, problem.widths),
      hasEnergy: methodFor(config.method).hasEnergy,
      problem,
      versions: { ...versions },
      notes,
      error,
      divergence,
      metrics,
      checkpoints: listCheckpoints(store, id).map(({ iteration, bytes, best, error: measured, createdAt }) => ({ iteration, bytes, best, error: measured, createdAt })),
      log: readLog(store, id),
      owner: workbench.ownerOf(row),
    };
  });
}

/** Trained numbers in the network of a configuration. */
export const parameterCount = (config: RunConfig, widths: Widths): number =>
  methodFor(config.method).parameters(config, widths).reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1), 0);
