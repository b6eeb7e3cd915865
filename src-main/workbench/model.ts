import type { RunConfig } from '../contract/config.ts';
import type { RunRow } from '../../db/runs.ts';
import type { ReadStore } from '../../db/open.ts';
import { createEngine } from '../engine/index.ts';
import type { Engine, EngineId } from '../engine/types.ts';
import { methodFor } from '../methods/index.ts';
import { openTask } from '../tasks/index.ts';
import type { Task } from '../tasks/types.ts';
import { stepSizeNow } from '../trainer/evaluation.ts';
import { loadCheckpoint } from '../trainer/checkpoints.ts';
import { chooseCheckpoint, type CheckpointChoice } from './checkpoint-choice.ts';

/** A run's network as one of its checkpoints left it, on an engine, ready to reason. */
export interface Model {
  readonly config: RunConfig;
  readonly task: Task;
  /** Iterations of training that the weights have seen. */
  readonly iteration: number;
  readonly engine: Engine;
  /** λ: configured or learned. */
  readonly stepSize: number;
  dispose(): Promise<void>;
}

/** The engine that a run's row names. */
export const engineOf = (run: Pick<RunRow, 'engine' | 'device'>): EngineId => ({ engine: run.engine, device: run.device }) as EngineId;

/**
 * Puts the parameters of a checkpoint on an engine.
 *
 * @throws BasinError `checkpoint.none`, `checkpoint.unknown`, `checkpoint.corrupt`, `engine.unavailable`, or `dataset.*`
 *   when the run's data file is not what it was
 */
export async function openModel(store: ReadStore, run: RunRow, choice: CheckpointChoice, id: EngineId): Promise<Model> {
  const { iteration, state } = loadCheckpoint(store, run.id, chooseCheckpoint(store, run, choice).iteration).checkpoint;
  const { config } = run;
  const task = openTask(config);
  const names = methodFor(config.method).parameters(config, task.widths).map(({ name }) => name);
  const only = <Value>(all: Readonly<Record<string, Value>>) => Object.fromEntries(names.map((name) => [name, all[name]!]));
  const engine = await createEngine(id);
  try {
    await engine.setState(only(state.values), only(state.shapes));
    return { config, task, iteration, engine, stepSize: await stepSizeNow(engine, config), dispose: () => engine.dispose() };
  } catch (error) {
    await engine.dispose();
    throw error;
  }
}
