import { PRESETS, type PresetName, type RunConfig } from '../contract/config.ts';
import { resolveConfig } from '../contract/settings.ts';
import { createEngine } from '../engine/index.ts';
import type { Engine } from '../engine/types.ts';
import { irem } from '../methods/irem.ts';
import type { Reasoning, Widths } from '../methods/types.ts';
import { openTask } from '../tasks/index.ts';
import { createRng } from '../tasks/rng.ts';
import { initialState } from '../trainer/initialise.ts';

/** A reasoning network of a preset's size with random weights, on the CPU. */
export interface Model {
  readonly engine: Engine;
  readonly config: RunConfig;
  readonly widths: Widths;
}

export async function openModel(preset: PresetName): Promise<Model> {
  const config = resolveConfig(PRESETS[preset].settings);
  const { widths } = openTask(config);
  const engine = await createEngine({ engine: 'compiled', device: 'cpu' });
  const { values, shapes } = initialState(irem.parameters(config, widths), config.seed);
  await engine.setState(values, shapes);
  return { engine, config, widths };
}

/** Milliseconds of one reasoning step, in `repeats` walks of `steps` steps. */
export async function reasoningTimes({ engine, config, widths }: Model, rows: number, steps: number, repeats: number): Promise<number[]> {
  const reasoning = await irem.reasoning(engine, config, widths, rows);
  const times: number[] = [];
  for (let repeat = 0; repeat <= repeats; repeat++) {
    const problem = problems(widths, rows, repeat);
    const start = performance.now();
    await reasoning.run(problem, steps, config.step_size);
    // The first walk warms up.
    if (repeat > 0) times.push((performance.now() - start) / steps);
  }
  await reasoning.dispose();
  return times;
}

/** Milliseconds from a step written in TypeScript to its first result: tracing, lowering, loading, one walk of one step. */
export async function compileTimes({ engine, config, widths }: Model, rows: number, repeats: number): Promise<number[]> {
  const times: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const batch = { ...problems(widths, rows, repeat), target: new Float32Array(rows * widths.y) };
    const start = performance.now();
    const training = await irem.training(engine, config, widths, rows);
    await training.run(batch, 1, config.steps);
    times.push(performance.now() - start);
    await training.dispose();
  }
  return times;
}

function problems(widths: Widths, rows: number, index: number): Parameters<Reasoning['run']>[0] {
  const fill = (purpose: string, width: number) => createRng(0, purpose, index).fillUniform(new Float32Array(new SharedArrayBuffer(4 * rows * width)), -1, 1);
  return { x: fill('bench/x', widths.x), y0: fill('bench/y', widths.y) };
}
