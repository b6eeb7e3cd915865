import { afterAll, beforeAll } from 'vitest';
import { resolveConfig } from '../../../src-main/contract/settings.ts';
import type { RunConfig } from '../../../src-main/contract/config.ts';
import type { Part } from '../../../src-main/engine/compiled/trace.ts';
import { createEngine } from '../../../src-main/engine/index.ts';
import type { Engine } from '../../../src-main/engine/types.ts';
import { trainingState } from '../../../src-main/methods/adam.ts';
import { methodFor } from '../../../src-main/methods/index.ts';
import type { Batch, Program, Step, Widths } from '../../../src-main/methods/types.ts';
import { createRng } from '../../../src-main/tasks/rng.ts';

/** The compiled engine, and tfjs's plain JavaScript backend to compare with, open while the tests of a `describe` run. */
export function enginePair(): { compiled: Engine; eager: Engine } {
  const pair = {} as { compiled: Engine; eager: Engine };
  beforeAll(async () => {
    pair.compiled = await createEngine({ engine: 'compiled', device: 'cpu' });
    pair.eager = await createEngine({ engine: 'eager', device: 'cpu' });
  });
  afterAll(async () => {
    await pair.compiled.dispose();
    await pair.eager.dispose();
  });
  return pair;
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** ‖ours − theirs‖ / ‖theirs‖. */
export function relativeError(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  if (ours.length !== theirs.length) throw new Error(`${ours.length} numbers against ${theirs.length}`);
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < theirs.length; i++) {
    difference += (ours[i]! - theirs[i]!) ** 2;
    norm += theirs[i]! ** 2;
  }
  return norm === 0 ? Math.sqrt(difference) : Math.sqrt(difference / norm);
}

export const uniform = (seed: number, length: number, bound = 1): Float32Array => createRng(seed, 'test').fillUniform(new Float32Array(length), -bound, bound);

/** A small configuration: rank 2 addition unless told otherwise. */
export const tiny = (changes: Partial<RunConfig> = {}): RunConfig => resolveConfig({ rank: 2, hidden: 8, depth: 2, steps: 3, step_size: 10, batch: 4, ...changes });

export const widthsOf = ({ rank }: RunConfig): Widths => ({ x: 2 * rank * rank, y: rank * rank });

/** Parameters from U(−bound, bound) by PyTorch's rule and zero moments, put into the engine. */
export async function initialise(engine: Engine, config: RunConfig, seed = 1): Promise<void> {
  const specs = methodFor(config.method).parameters(config, widthsOf(config));
  const shapes = trainingState(specs);
  const values: Record<string, Float32Array> = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, new Float32Array(sizeOf(shape))]));
  specs.forEach(({ name, shape, bound, value }, i) => (values[name] = value === undefined ? uniform(seed * 100 + i, sizeOf(shape), bound) : new Float32Array(sizeOf(shape)).fill(value)));
  await engine.setState(values, shapes);
}

export function batchOf(config: RunConfig, rows: number, seed = 7): Batch {
  const { x, y } = widthsOf(config);
  const levels = methodFor(config.method).usesLevels(config) ? { levels: uniform(seed + 3, rows).map((value, row) => (row === 0 ? -1 : Math.abs(value))) } : {};
  const batch = { x: uniform(seed, rows * x), y0: uniform(seed + 1, rows * y), target: uniform(seed + 2, rows * y), ...levels };
  return config.langevin_noise > 0 ? { ...batch, noise: createRng(seed, 'noise').fillNormal(new Float32Array(config.steps * rows * y), 1) } : batch;
}

/** A step as the only part of a recording. */
export const once = (step: Step): Part => ({ step, times: 1, stacked: false, sliced: [] });

/** Prepares one step alone. */
export const prepareStep = (engine: Engine, step: Step): Promise<Program> => engine.prepare([{ step }]);
