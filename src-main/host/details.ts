import type { Output } from '../contract/api/index.ts';
import type { RunConfig } from '../contract/config.ts';
import { BasinError } from '../contract/errors.ts';
import { listCheckpoints } from '../../db/checkpoints.ts';
import { readLog } from '../../db/log.ts';
import { readSummaries } from '../../db/run-summaries.ts';
import { getRun } from '../../db/runs.ts';
import { listMetrics, readSeries } from '../../db/series.ts';
import { methodFor } from '../methods/index.ts';
import type { Widths } from '../methods/types.ts';
import { openTask } from '../tasks/index.ts';
import type { Task } from '../tasks/types.ts';
import type { Workbench } from '../workbench/workbench.ts';
import { toSummary } from './summary.ts';

export type Details = Output<'runs.get'>;
type Problem = NonNullable<Details['problem']>;

/** Everything that is known of a run. @throws BasinError `run.unknown` */
export function detailsOf(workbench: Workbench, problems: Problems, id: number): Details {
  const { store } = workbench;
  return store.consistently(() => {
    const row = getRun(store, id);
    const { config, notes, error, divergence, versions } = row;
    const problem = problems.of(config);
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

const KEPT = 200;

/** How problems and answers are drawn, by what decides it: a data file is read once, not at every look at its run. */
export class Problems {
  readonly #known = new Map<string, Problem | null>();

  /** null when the task cannot be opened any more: its data file is gone, or is not what it was. */
  of(config: RunConfig): Problem | null {
    const { task, rank, data, seed, test_fraction } = config;
    const key = JSON.stringify(task === 'dataset' ? { data, seed, test_fraction } : { task, rank });
    let problem = this.#known.get(key);
    if (problem === undefined) {
      problem = opened(config);
      if (this.#known.size >= KEPT) this.#known.delete(this.#known.keys().next().value!);
      // A file that is missing now may be there again.
      if (problem) this.#known.set(key, problem);
    }
    return problem;
  }
}

function opened(config: RunConfig): Problem | null {
  let task: Task;
  try {
    task = openTask(config);
  } catch (error) {
    if (error instanceof BasinError) return null;
    throw error;
  }
  const { widths, pictures } = task;
  return { widths: { ...widths }, pictures: { x: { ...pictures.x }, y: { ...pictures.y } } };
}
