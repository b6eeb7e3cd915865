import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { RunConfig } from '../contract/config.ts';
import { adam, ADAM_INPUTS, adamFeeds, clip, globalNorm, trainingState } from './adam.ts';
import { joined, named, rowMeanSquare, withoutPrefix } from './layers.ts';
import type { Arrays, Batch, Method, ParameterSpec, Program, Reasoning, Runner, Shape, Step, Tensors, Training, Walk, Widths } from './types.ts';

/** A walk of tensors: answers after 0 … N updates, and what each update emitted beside its answer. */
export interface UnrolledWalk {
  /** N + 1 tensors [rows, widths.y], from y⁰ on. */
  readonly answers: readonly Tensor[];
  /** N tensors [rows, 1], for a method that halts. */
  readonly logits: readonly Tensor[];
}

/** What a method without an energy is. Everything that such methods share (programs, Adam, walks) is below. */
export interface Refiner {
  readonly name: RunConfig['method'];
  parameters(config: RunConfig, widths: Widths): readonly ParameterSpec[];
  /** What is computed once for each problem, because y does not enter it; widths of each in `preparedWidths`. */
  prepare(p: Tensors, x: Tensor, widths: Widths): Tensors;
  preparedWidths(config: RunConfig, widths: Widths): Readonly<Record<string, number>>;
  /** Widths of what is carried from update to update beside the answer, zero at first (an LSTM's state). */
  carriedWidths?(config: RunConfig): Readonly<Record<string, number>>;
  /** One update: the next `y`, what is carried, and `logit` [rows, 1] of halting where the method halts. `at` has y, what is carried and what was prepared. */
  update(p: Tensors, at: Tensors, config: RunConfig): Tensors;
  /** The loss, a scalar; the mean squared error of the last answer unless given. `walk` may be unrolled with any parameters. */
  objective?(p: Tensors, fed: Tensors, walk: (p: Tensors) => UnrolledWalk, config: RunConfig): Tensor;
  /** Inputs of the objective beside x, y0 and target, and how they are made from a batch. */
  extra?(config: RunConfig, rows: number): Readonly<Record<string, Shape>>;
  extraFeeds?(batch: Batch, config: RunConfig, rows: number): Arrays;
  /** Whether it says at each update how likely it is to halt there. */
  readonly halts?: boolean;
  readonly usesLevels?: (config: RunConfig) => boolean;
}

/** A method whose updates are a network's own, differentiated through all of them. */
export function unrolledMethod(refiner: Refiner): Method {
  return {
    name: refiner.name,
    hasEnergy: false,
    halts: refiner.halts ?? false,
    usesLevels: refiner.usesLevels ?? (() => false),
    parameters: (config, widths) => refiner.parameters(config, widths),
    training: (runner, config, widths, rows, options) => training(refiner, runner, config, widths, rows, options),
    reasoning: (runner, config, widths, rows, options) => reasoning(refiner, runner, config, widths, rows, options),
  };
}

const zeros = (refiner: Refiner, config: RunConfig, rows: number): Tensors =>
  Object.fromEntries(Object.entries(refiner.carriedWidths?.(config) ?? {}).map(([name, width]) => [name, tf.zeros([rows, width])]));

async function training(refiner: Refiner, runner: Runner, config: RunConfig, widths: Widths, rows: number, options: { gradients?: boolean } = {}): Promise<Training> {
  const specs = refiner.parameters(config, widths);
  const names = specs.map(({ name }) => name);
  const extra = refiner.extra?.(config, rows) ?? {};

  const learn = (steps: number): Step => ({
    name: `${refiner.name} learn through ${steps} updates, ${rows} rows`,
    inputs: { x: [rows, widths.x], y0: [rows, widths.y], target: [rows, widths.y], ...ADAM_INPUTS, ...extra },
    state: trainingState(specs),
    run: (t) => {
      const walk = (p: Tensors): UnrolledWalk => {
        let at: Tensors = { ...refiner.prepare(p, t['x']!, widths), ...zeros(refiner, config, rows), y: t['y0']! };
        const answers = [at['y']!];
        const logits: Tensor[] = [];
        for (let k = 0; k < steps; k++) {
          const { logit, ...next } = refiner.update(p, at, config);
          at = { ...at, ...next };
          answers.push(at['y']!);
          if (logit) logits.push(logit);
        }
        return { answers, logits };
      };
      const objective = (p: Tensors): Tensor => refiner.objective?.(p, t, walk, config) ?? tf.mean(tf.square(tf.sub(walk(p).answers[steps]!, t['target']!)));
      const loss = objective(t);
      const parts = tf.grads((...values: Tensor[]) => objective({ ...t, ...named(names, values) }))(names.map((name) => t[name]!));
      const gradients = named(names, parts);
      const norm = globalNorm(gradients);
      const { answers, logits } = walk(t);
      return {
        ...adam(t, clip(gradients, norm, config.gradient_clip)),
        answers: answers[steps]!,
        errors: rowMeanSquare(tf.sub(answers[steps]!, t['target']!)),
        loss,
        gradient_norm: norm,
        answer_change: tf.sqrt(tf.mean(tf.square(tf.sub(answers[steps]!, answers[steps - 1]!)))),
        ...(refiner.halts ? { logits: tf.stack(logits.map((logit) => tf.reshape(logit, [-1]))) } : {}),
        ...(options.gradients ? Object.fromEntries(Object.entries(gradients).map(([name, gradient]) => [`gradient.${name}`, gradient])) : {}),
      };
    },
  });

  const programs = new Map<number, Promise<Program>>();
  const programFor = (steps: number): Promise<Program> => {
    const program = programs.get(steps) ?? runner.prepare([{ step: learn(steps) }]);
    programs.set(steps, program);
    return program;
  };
  await programFor(config.steps);

  return {
    async run(batch, iteration, steps) {
      const program = await programFor(steps);
      const out = await program.run({ x: batch.x, y0: batch.y0, target: batch.target, ...adamFeeds(config.learning_rate, iteration), ...refiner.extraFeeds?.(batch, config, rows) });
      return {
        answers: out['answers']!,
        errors: out['errors']!,
        energies: new Float32Array(0),
        loss: out['loss']![0]!,
        gradientNorm: out['gradient_norm']![0]!,
        answerChange: out['answer_change']![0]!,
        stepSize: config.step_size,
        ...(refiner.halts ? { halting: haltingProbabilities(out['logits']!, rows) } : {}),
        ...(options.gradients ? { gradients: withoutPrefix(out, 'gradient.') } : {}),
      };
    },
    async dispose() {
      for (const program of programs.values()) await (await program).dispose();
    },
  };
}

async function reasoning(refiner: Refiner, runner: Runner, config: RunConfig, widths: Widths, rows: number, options: { keepAnswers?: boolean; measure?: boolean } = {}): Promise<Reasoning> {
  const state: Record<string, Shape> = Object.fromEntries(refiner.parameters(config, widths).map(({ name, shape }) => [name, shape]));
  const memory = { ...refiner.preparedWidths(config, widths), ...refiner.carriedWidths?.(config), y: widths.y };
  const scratch: Record<string, Shape> = Object.fromEntries(Object.entries(memory).map(([name, width]) => [name, [rows, width]]));
  const target: Record<string, Shape> = options.measure ? { target: [rows, widths.y] } : {};
  const seen = (t: Tensors): Tensors => (options.measure ? { errors: rowMeanSquare(tf.sub(t['y']!, t['target']!)) } : {});

  const start: Step = {
    name: `${refiner.name} start, ${rows} rows`,
    inputs: { x: [rows, widths.x], y0: [rows, widths.y] },
    state,
    scratch,
    run: (t) => ({ ...refiner.prepare(t, t['x']!, widths), ...zeros(refiner, config, rows), y: t['y0']! }),
  };
  const advance: Step = {
    name: `${refiner.name} reason, ${rows} rows`,
    inputs: target,
    state,
    scratch,
    run: (t) => {
      const { logit, ...next } = refiner.update(t, t, config);
      return { ...seen(t), ...(options.keepAnswers ? { answers: t['y']! } : {}), ...(logit ? { logits: tf.reshape(logit, [-1]) } : {}), ...next };
    },
  };
  const end: Step = {
    name: `${refiner.name} look at the end, ${rows} rows`,
    inputs: target,
    state,
    scratch,
    run: (t) => Object.fromEntries(Object.entries({ ...seen(t), answers: t['y']! }).map(([name, value]) => [`end.${name}`, value])),
  };
  const program = await runner.prepare([{ step: start }, { step: advance, repeated: true }, { step: end }]);

  return {
    async run({ x, y0, target: wanted }, steps): Promise<Walk> {
      const out = await program.run({ x, y0, ...(options.measure && wanted ? { target: wanted } : {}) }, steps);
      return {
        energies: new Float32Array(0),
        ...(options.measure ? { errors: joined(out['errors'], out['end.errors']!), gradientNorms: new Float32Array(0) } : {}),
        answers: options.keepAnswers ? joined(out['answers'], out['end.answers']!) : out['end.answers']!,
        ...(refiner.halts ? { halting: haltingProbabilities(out['logits'] ?? new Float32Array(0), rows) } : {}),
      };
    },
    dispose: () => program.dispose(),
  };
}

/**
 * p_n = λ_n Π_{j<n} (1 − λ_j) with λ = σ(logit); the last step takes what is left, so that they sum to 1 (Banino et al. 2021).
 *
 * @param logits [steps, rows]
 * @returns [steps, rows]
 */
export function haltingProbabilities(logits: Float32Array, rows: number): Float32Array {
  const steps = logits.length / rows;
  const halting = new Float32Array(logits.length);
  for (let row = 0; row < rows; row++) {
    let left = 1;
    for (let n = 0; n < steps; n++) {
      const p = n === steps - 1 ? left : left / (1 + Math.exp(-logits[n * rows + row]!));
      halting[n * rows + row] = p;
      left -= p;
    }
  }
  return halting;
}
