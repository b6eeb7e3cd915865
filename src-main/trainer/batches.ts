import type { RunConfig } from '../contract/config.ts';
import { replayedRows } from '../contract/rows.ts';
import { methodFor } from '../methods/index.ts';
import type { Batch } from '../methods/types.ts';
import { createRng } from '../tasks/rng.ts';
import type { Task } from '../tasks/types.ts';
import type { Draw, ReplayBuffer } from './replay-buffer.ts';

/** A training batch and what the loop must know of it. */
export interface MixedBatch extends Batch {
  readonly rows: number;
  /** How many rows, in front, restart from stored answers. */
  readonly replayed: number;
  /** How many rows, from the front, go into the buffer. */
  readonly stored: number;
  /** Updates in this iteration. */
  readonly steps: number;
  readonly draw?: Draw;
}

/** Room for one batch on memory that the engine's thread reads in place. */
interface Room {
  readonly x: Float32Array;
  readonly y0: Float32Array;
  readonly target: Float32Array;
  readonly noise: Float32Array;
  readonly levels: Float32Array;
}

/**
 * Makes training batches: replayed rows, then fresh problems with answers from U(−1, 1). Every random number comes from
 * (seed, purpose, iteration), so fresh rows can be made while the engine computes the iteration before. Two rooms take
 * turns: one is computed on, the other is filled.
 */
export class Batches {
  private readonly config: RunConfig;
  private readonly task: Task;
  /** Replayed rows of a full batch: 0 where replay is off. */
  private readonly replayed: number;
  private readonly usesLevels: boolean;
  private readonly rooms: readonly [Room, Room];

  constructor(config: RunConfig, task: Task) {
    this.config = config;
    this.task = task;
    this.replayed = replayedRows(config);
    this.usesLevels = methodFor(config.method).usesLevels(config);
    this.rooms = [this.makeRoom(), this.makeRoom()];
  }

  /** Fills the fresh rows of an iteration's batch. */
  prepare(iteration: number): void {
    const { seed, batch, langevin_noise } = this.config;
    const { x, y0, target, noise, levels } = this.rooms[iteration % 2]!;
    const { widths } = this.task;
    const fresh = { x: x.subarray(this.replayed * widths.x), y: target.subarray(this.replayed * widths.y) };
    this.task.sample(createRng(seed, 'problems', iteration), batch, 'same', 'train', fresh);
    createRng(seed, 'first answers', iteration).fillUniform(y0.subarray(this.replayed * widths.y), -1, 1);
    if (this.usesLevels) createRng(seed, 'levels', iteration).fillUniform(levels.subarray(this.replayed), 0, 1);
    if (langevin_noise > 0) createRng(seed, 'noise', iteration).fillNormal(noise, 1);
  }

  /** Puts the replayed rows in front of a prepared batch, once the buffer holds enough; until then it is fresh rows alone. */
  complete(iteration: number, buffer: ReplayBuffer | undefined): MixedBatch {
    const { seed, batch, langevin_noise, replay_fresh_stored: fresh } = this.config;
    const { widths } = this.task;
    const room = this.rooms[iteration % 2]!;
    const replays = buffer?.isReady(batch) ?? false;
    const first = replays ? 0 : this.replayed;
    const rows = this.replayed - first + batch;
    const steps = this.stepsOf(iteration);
    return {
      rows,
      replayed: rows - batch,
      stored: replays && fresh > 0 ? Math.min(rows, rows - batch + fresh) : rows,
      steps,
      x: room.x.subarray(first * widths.x),
      y0: room.y0.subarray(first * widths.y),
      target: room.target.subarray(first * widths.y),
      ...(this.usesLevels ? { levels: room.levels.subarray(first) } : {}),
      ...(langevin_noise > 0 ? { noise: room.noise.subarray(0, steps * rows * widths.y) } : {}),
      ...(replays ? { draw: buffer!.draw(createRng(seed, 'replay', iteration), this.replayed, room) } : {}),
    };
  }

  private stepsOf(iteration: number): number {
    const { seed, steps, steps_min: least } = this.config;
    return least === 0 ? steps : least + createRng(seed, 'steps', iteration).integer(steps - least + 1);
  }

  private makeRoom(): Room {
    const { batch, steps, langevin_noise } = this.config;
    const { widths } = this.task;
    const rows = this.replayed + batch;
    const levels = shared(this.usesLevels ? rows : 0);
    levels.subarray(0, this.replayed).fill(-1);
    return {
      levels,
      x: shared(rows * widths.x),
      y0: shared(rows * widths.y),
      target: shared(rows * widths.y),
      noise: shared(langevin_noise > 0 ? steps * rows * widths.y : 0),
    };
  }
}

const shared = (length: number): Float32Array => new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT));
