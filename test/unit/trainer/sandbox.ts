import { listCheckpoints } from '../../../db/checkpoints.ts';
import type { WriteStore } from '../../../db/open.ts';
import { createRun, getRun, type RunRow } from '../../../db/runs.ts';
import type { RunConfig } from '../../../src-main/contract/config.ts';
import type { TrainerEvent, TrainerStart } from '../../../src-main/contract/events.ts';
import { resolveConfig } from '../../../src-main/contract/settings.ts';
import type { EngineId } from '../../../src-main/engine/types.ts';
import { readCheckpoint, type Checkpoint } from '../../../src-main/trainer/checkpoint-file.ts';
import { checkpointPath } from '../../../db/checkpoints.ts';
import { Control } from '../../../src-main/trainer/control.ts';
import { runTraining } from '../../../src-main/trainer/session.ts';

export const COMPILED: EngineId = { engine: 'compiled', device: 'cpu' };
export const EAGER: EngineId = { engine: 'eager', device: 'cpu' };

/** A run that takes milliseconds: 2 × 2 matrices, 8 hidden units, recordings only where a test asks for them. */
export const tiny = (changes: Partial<RunConfig> = {}): RunConfig =>
  resolveConfig({
    rank: 2,
    hidden: 8,
    depth: 2,
    steps: 3,
    step_size: 1,
    batch: 6,
    iterations: 12,
    learning_rate: 1e-3,
    replay_capacity: 40,
    probe_every: 0,
    probe_problems: 5,
    probe_steps: 4,
    checkpoint_every: 0,
    replay_store_every: 0,
    ...changes,
  });

export const newRun = (store: WriteStore, config: RunConfig, engine: EngineId = COMPILED, parent: { parentRun?: number; parentIteration?: number } = {}): number =>
  createRun(store, { config, ...engine, versions: {}, ...parent });

export interface Trained {
  readonly row: RunRow;
  readonly events: readonly TrainerEvent[];
}

/** Trains a run in this process until it ends. @param onEvent may ask things of the trainer */
export async function trainHere(store: WriteStore, run: number, onEvent: (event: TrainerEvent, control: Control) => void = () => undefined, options: Pick<TrainerStart, 'sparing'> = {}): Promise<Trained> {
  const { config, engine, device } = getRun(store, run);
  const events: TrainerEvent[] = [];
  const control = new Control((event) => {
    events.push(event);
    onEvent(event, control);
  });
  await runTraining({ folder: store.folder, run, engine, device, config, ...options }, control);
  return { row: getRun(store, run), events };
}

/** The checkpoint of an iteration, or the latest one. */
export function checkpointOf(store: WriteStore, run: number, iteration?: number): Checkpoint {
  const rows = listCheckpoints(store, run);
  const row = iteration === undefined ? rows.at(-1) : rows.find((each) => each.iteration === iteration);
  return readCheckpoint(checkpointPath(store, row!), row!.sha256);
}
