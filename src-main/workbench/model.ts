import type { RunConfig } from '../contract/config.ts';
import type { RunRow } from '../../db/runs.ts';
import type { ReadStore } from '../../db/open.ts';
import { createEngine } from '../engine/index.ts';
import type { Engine, EngineId } from '../engine/types.ts';
import { methodFor } from '../methods/index.ts';
import type { Shape } from '../methods/types.ts';
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

/** Parameters that a checkpoint left, without what only training needs. */
export interface Weights {
  /** Iterations of training that they have seen. */
  readonly iteration: number;
  readonly values: Readonly<Record<string, Float32Array>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** @throws BasinError `checkpoint.none`, `checkpoint.unknown`, `checkpoint.corrupt`; as `openTask` */
export function readWeights(store: ReadStore, run: RunRow, choice: CheckpointChoice, task: Task = openTask(run.config)): Weights {
  const { iteration, state } = loadCheckpoint(store, run.id, chooseCheckpoint(store, run, choice).iteration).checkpoint;
  const names = methodFor(run.config.method).parameters(run.config, task.widths).map(({ name }) => name);
  // Copied: a view would keep the whole file, replay buffer and all, in memory.
  return { iteration, values: Object.fromEntries(names.map((name) => [name, state.values[name]!.slice()])), shapes: Object.fromEntries(names.map((name) => [name, state.shapes[name]!])) };
}

/**
 * Puts the parameters of a checkpoint on an engine.
 *
 * @throws BasinError as `readWeights`, `engine.unavailable`, or `dataset.*` when the run's data file is not what it was
 */
export async function openModel(store: ReadStore, run: RunRow, choice: CheckpointChoice, id: EngineId): Promise<Model> {
  const { config } = run;
  const task = openTask(config);
  const { iteration, values, shapes } = readWeights(store, run, choice, task);
  const engine = await createEngine(id);
  try {
    await engine.setState(values, shapes);
    return { config, task, iteration, engine, stepSize: await stepSizeNow(engine, config), dispose: () => engine.dispose() };
  } catch (error) {
    await engine.dispose();
    throw error;
  }
}
