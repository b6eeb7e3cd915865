import { BasinError, toErrorData, type ErrorData } from '../contract/errors.ts';
import { createEngine } from '../engine/index.ts';
import type { Engine, EngineId } from '../engine/types.ts';
import { methodFor } from '../methods/index.ts';
import { trainingState } from '../methods/adam.ts';
import type { Arrays } from '../methods/types.ts';
import { sizeOf } from './float-tensors.ts';
import { readGolden, type Golden } from './golden-file.ts';
import { deviation } from './relative-error.ts';

/** Quantities in the order in which a file is replayed. */
export const QUANTITIES = ['energies', 'outputs', 'loss', 'gradients', 'parameters'] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** One quantity of a file: the largest error among its tensors, and which tensor has it. */
export interface QuantityCheck {
  readonly quantity: Quantity;
  readonly error: number;
  readonly tensor: string;
  /** True where golden is zero and the error is ‖ours‖. */
  readonly absolute: boolean;
  readonly passed: boolean;
}

/** What replaying one golden file found; `error` where it could not be replayed. */
export interface GoldenReport {
  readonly file: string;
  readonly method?: string;
  readonly steps?: number;
  readonly stepSize?: number;
  readonly backprop?: string;
  readonly parameters?: number;
  readonly checks: readonly QuantityCheck[];
  readonly passed: boolean;
  readonly error?: ErrorData;
}

/**
 * Replays golden files on an engine: reasoning from y0, then Adam iterations on the file's batch. A file that cannot be
 * replayed is a report with its error; bugs are thrown.
 *
 * @throws BasinError `engine.unavailable`
 */
export async function* verifyGolden(files: readonly string[], id: EngineId, tolerance: number): AsyncGenerator<GoldenReport> {
  for (const file of files) {
    try {
      yield await replay(readGolden(file), id, tolerance);
    } catch (error) {
      if (!(error instanceof BasinError) || error.code === 'engine.unavailable') throw error;
      yield { file, checks: [], passed: false, error: toErrorData(error) };
    }
  }
}

async function replay(golden: Golden, id: EngineId, tolerance: number): Promise<GoldenReport> {
  const { file, config, specs } = golden;
  const found = await compute(golden, id);
  const { answers } = golden;
  const size = golden.rows * golden.widths.y;
  const last = answers.outputs.subarray(config.steps * size);
  // A parameter that golden gives no gradient must get none from us either.
  const gradients = specs.map(({ name, shape }) => [name, found.gradients[name] ?? new Float32Array(sizeOf(shape)), answers.gradients[name] ?? new Float32Array(sizeOf(shape))] as const);
  const before = (energies: Float32Array) => energies.subarray(0, answers.energies.length);
  const checks = [
    ...(answers.energies.length > 0 ? [worst('energies', [['of reasoning', before(found.energies), answers.energies], ['of training', before(found.trainingEnergies), answers.energies]], tolerance)] : []),
    worst('outputs', [['of reasoning', found.outputs, answers.outputs], ['of training', found.trainingAnswers, last]], tolerance),
    worst('loss', [[`of ${golden.iterations} iterations`, found.losses, answers.losses]], tolerance),
    worst('gradients', gradients, tolerance),
    worst('parameters', specs.map(({ name }) => [name, found.parameters[name]!, answers.parameters[name]!]), tolerance),
  ];
  return {
    file,
    method: config.method,
    steps: config.steps,
    stepSize: config.step_size,
    backprop: config.backprop,
    parameters: specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    checks,
    passed: checks.every((check) => check.passed),
  };
}

/** On a fresh engine for each file: names of the state are the same, shapes are not. */
async function compute(golden: Golden, id: EngineId) {
  const engine = await createEngine(id);
  try {
    await setParameters(engine, golden);
    return { ...(await reason(golden, engine)), ...(await train(golden, engine)) };
  } finally {
    await engine.dispose();
  }
}

async function setParameters(engine: Engine, { specs, parameters }: Golden): Promise<void> {
  const shapes = trainingState(specs);
  await engine.setState(Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, parameters[name] ?? new Float32Array(sizeOf(shape))])), shapes);
}

async function reason({ config, widths, rows, x, y0 }: Golden, engine: Engine) {
  const reasoning = await methodFor(config.method).reasoning(engine, config, widths, rows, { keepAnswers: true });
  try {
    const walk = await reasoning.run({ x, y0 }, config.steps, config.step_size);
    return { energies: walk.energies.slice(), outputs: walk.answers.slice() };
  } finally {
    await reasoning.dispose();
  }
}

async function train({ config, widths, rows, x, y0, target, levels, iterations, specs }: Golden, engine: Engine) {
  const training = await methodFor(config.method).training(engine, config, widths, rows, { gradients: true });
  try {
    const losses = new Float64Array(iterations);
    let gradients: Arrays = {};
    let trainingEnergies: Float32Array = new Float32Array();
    let trainingAnswers: Float32Array = new Float32Array();
    for (let iteration = 1; iteration <= iterations; iteration++) {
      const outcome = await training.run({ x, y0, target, ...(levels ? { levels } : {}) }, iteration, config.steps);
      losses[iteration - 1] = outcome.loss;
      if (iteration > 1) continue;
      gradients = Object.fromEntries(Object.entries(outcome.gradients ?? {}).map(([name, values]) => [name, values.slice()]));
      trainingEnergies = outcome.energies.slice();
      trainingAnswers = outcome.answers.slice();
    }
    return { losses, gradients, trainingEnergies, trainingAnswers, parameters: await engine.getState(specs.map(({ name }) => name)) };
  } finally {
    await training.dispose();
  }
}

type Pair = readonly [tensor: string, ours: ArrayLike<number>, golden: ArrayLike<number>];

/** The largest error; one that is not a number counts as the largest of all. */
function worst(quantity: Quantity, pairs: readonly Pair[], tolerance: number): QuantityCheck {
  const found = pairs.map(([tensor, ours, golden]) => ({ tensor, ...deviation(ours, golden) }));
  const largest = found.reduce((a, b) => (b.error > a.error || Number.isNaN(b.error) ? b : a));
  return { quantity, ...largest, passed: largest.error <= tolerance };
}
