import { isGraph, type RunConfig } from '../contract/config.ts';
import { replayedRows } from '../contract/rows.ts';
import { trainingState } from '../methods/adam.ts';
import { methodFor } from '../methods/index.ts';
import type { Widths } from '../methods/types.ts';
import type { Engine } from './types.ts';

/** What an engine's speed is measured on: a run's configuration and the widths of its problems. */
export interface ProbeShape {
  readonly config: RunConfig;
  readonly widths: Widths;
}

/** Samples after one warm-up, and the time after which one is enough. */
const SAMPLES = 5;
const BUDGET_MS = 1500;

/**
 * Median milliseconds of a training iteration, engine only: no data, replay or store.
 *
 * @param tick called after each iteration, so that a watcher can tell slow from stuck
 */
export async function timeTraining(engine: Engine, { config, widths }: ProbeShape, tick: () => Promise<void>): Promise<number> {
  const method = methodFor(config.method);
  const rows = config.batch + replayedRows(config);
  await setInitialState(engine, { config, widths });
  const training = await method.training(engine, config, widths, rows);
  const batch = {
    ...problems(rows, { config, widths }),
    ...(config.langevin_noise > 0 ? { noise: scattered(config.steps * rows * widths.y, 4) } : {}),
    ...(method.usesLevels(config) ? { levels: scattered(rows, 5).map(Math.abs) } : {}),
  };
  let iteration = 0;
  const ms = await median(() => training.run(batch, ++iteration, config.steps), tick);
  await training.dispose();
  return ms;
}

/** Median milliseconds of one reasoning step on as many rows as a training iteration has fresh ones. */
export async function timeReasoning(engine: Engine, { config, widths }: ProbeShape, tick: () => Promise<void>): Promise<number> {
  await setInitialState(engine, { config, widths });
  const reasoning = await methodFor(config.method).reasoning(engine, config, widths, config.batch);
  const { x, y0 } = problems(config.batch, { config, widths });
  const ms = await median(() => reasoning.run({ x, y0 }, config.steps, config.step_size), tick);
  await reasoning.dispose();
  return ms / config.steps;
}

async function median(work: () => Promise<unknown>, tick: () => Promise<void>): Promise<number> {
  await work();
  await tick();
  const samples: number[] = [];
  const begin = performance.now();
  do {
    const start = performance.now();
    await work();
    samples.push(performance.now() - start);
    await tick();
  } while (samples.length < SAMPLES && performance.now() - begin < BUDGET_MS);
  return samples.sort((a, b) => a - b)[samples.length >> 1]!;
}

/** Parameters in the range of a new run's; moments zero. */
async function setInitialState(engine: Engine, { config, widths }: ProbeShape): Promise<void> {
  const specs = methodFor(config.method).parameters(config, widths);
  const shapes = trainingState(specs);
  const values = Object.fromEntries(
    Object.entries(shapes).map(([name, shape], i) => {
      const spec = specs.find((candidate) => candidate.name === name);
      const size = shape.reduce((a, b) => a * b, 1);
      return [name, !spec ? new Float32Array(size) : spec.value === undefined ? scattered(size, i, spec.bound) : new Float32Array(size).fill(spec.value)];
    }),
  );
  await engine.setState(values, shapes);
}

const problems = (rows: number, { config, widths }: ProbeShape) => {
  const x = scattered(rows * widths.x, 1);
  if (isGraph(config.task)) markNodes(x, widths, config.nodes);
  return { x, y0: scattered(rows * widths.y, 2), target: scattered(rows * widths.y, 3) };
};

/** Graphs of 2 to `nodes` nodes in turn, as many of each as there are in training: how they are computed depends on their sizes. A problem ends with its nodes' marks. */
function markNodes(x: Float32Array, { x: width, y: edges }: Widths, nodes: number): void {
  for (let row = 0; (row + 1) * width <= x.length; row++) for (let node = 0; node < width - edges; node++) x[row * width + edges + node] = node < 2 + (row % (nodes - 1)) ? 1 : 0;
}

/** Numbers spread over (−bound, bound); good enough to be timed with (a multiplicative congruential generator). */
function scattered(size: number, seed: number, bound = 1): Float32Array {
  let state = seed + 1;
  return Float32Array.from({ length: size }, () => {
    state = (state * 48271) % 2147483647;
    return (state / 1073741823.5 - 1) * bound;
  });
}
