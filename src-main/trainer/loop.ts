import { setImmediate as turn } from 'node:timers/promises';
import type { RunConfig } from '../contract/config.ts';
import type { Divergence } from '../contract/events.ts';
import type { Engine } from '../engine/types.ts';
import { methodFor } from '../methods/index.ts';
import type { Training, Widths } from '../methods/types.ts';
import type { Task } from '../tasks/types.ts';
import { Batches } from './batches.ts';
import { divergenceOf } from './divergence.ts';
import type { ReplayBuffer } from './replay-buffer.ts';
import type { Measured } from './telemetry.ts';

/** What the loop tells of its progress. Whatever a listener throws ends the training. */
export interface Watcher {
  /** Whether to end after the iteration at hand. */
  readonly stopRequested: boolean;
  /** The engine has begun an iteration: there is time while it computes. */
  began(iteration: number): void;
  /** An iteration's numbers, finite or not. */
  finished(measured: Measured): void;
  /** The buffer holds the iteration's answers and nothing is being computed: a safe point to save and to probe. */
  settled(iteration: number): Promise<void>;
}

/** How far training came, and whether the numbers stayed finite. */
export interface Trained {
  readonly iteration: number;
  readonly divergence?: Omit<Divergence, 'checkpoint'>;
}

/**
 * Trains from the engine's present state (docs/method.md): each iteration mixes replayed and fresh problems, lets the
 * engine reason N steps and learn from the last answers, and stores those answers, or some of them.
 *
 * @param from iterations done before
 * @param buffer undefined where replay is off
 */
export async function train(engine: Engine, config: RunConfig, task: Task, buffer: ReplayBuffer | undefined, from: number, watcher: Watcher): Promise<Trained> {
  const trainings = new Trainings(engine, config, task.widths);
  const batches = new Batches(config, task);
  try {
    batches.prepare(from + 1);
    let iteration = from;
    while (iteration < config.iterations && !watcher.stopRequested) {
      iteration++;
      const batch = batches.complete(iteration, buffer);
      const training = await trainings.of(batch.rows);
      const computing = training.run(batch, iteration, batch.steps);
      // Awaited below; should anything here throw first, its own failure must not go unhandled.
      computing.catch(() => undefined);
      // Lets the request leave for the engine's thread before this one is busy, and commands and signals come in.
      await turn();
      // While the engine computes:
      buffer?.begin({ iteration, ...batch, rows: batch.stored });
      batches.prepare(iteration + 1);
      watcher.began(iteration);
      const outcome = await computing;
      watcher.finished({ iteration, outcome, rows: batch.rows, replayed: batch.replayed, steps: batch.steps });
      const divergence = divergenceOf(iteration, outcome);
      if (divergence) return { iteration, divergence };
      buffer?.finish(outcome);
      await watcher.settled(iteration);
    }
    return { iteration };
  } finally {
    await trainings.dispose();
  }
}

/** Training for the batch size at hand: the first iteration has fresh rows alone, later ones replayed rows as well. */
class Trainings {
  private readonly engine: Engine;
  private readonly config: RunConfig;
  private readonly widths: Widths;
  private current: { rows: number; training: Training } | undefined;

  constructor(engine: Engine, config: RunConfig, widths: Widths) {
    this.engine = engine;
    this.config = config;
    this.widths = widths;
  }

  async of(rows: number): Promise<Training> {
    if (this.current?.rows !== rows) {
      const training = await methodFor(this.config.method).training(this.engine, this.config, this.widths, rows);
      await this.dispose();
      this.current = { rows, training };
    }
    return this.current.training;
  }

  async dispose(): Promise<void> {
    await this.current?.training.dispose();
    this.current = undefined;
  }
}
