import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { isGraph, type RunConfig } from '../contract/config.ts';
import { adam, ADAM_INPUTS, adamFeeds, clip, globalNorm, trainingState } from './adam.ts';
import { graphOf } from './graph/gine.ts';
import { joined, named, squaredError, withoutPrefix } from './layers.ts';
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
  /** What is computed once for each problem, because y does not enter it. */
  prepare(p: Tensors, x: Tensor, config: RunConfig, widths: Widths): Tensors;
  preparedShapes(config: RunConfig, widths: Widths, rows: number): Readonly<Record<string, Shape>>;
  /** What is carried from update to update beside the answer, zero at first (an LSTM's state). */
  carriedShapes?(config: RunConfig, widths: Widths, rows: number): Readonly<Record<string, Shape>>;
  /** One update: the next `y`, what is carried, and `logit` [rows, 1] of halting where the method halts. `at` has y, what is carried and what was prepared. */
  update(p: Tensors, at: Tensors, config: RunConfig): Tensors;
  /** The loss, a scalar; the mean squared error of the last answer unless given. `walk` may be unrolled with any parameters; `real` is as for `squaredError`. */
  objective?(p: Tensors, fed: Tensors, walk: (p: Tensors) => UnrolledWalk, config: RunConfig, real: Tensor | undefined): Tensor;
  /** Inputs of the objective beside x, y0 and target, and how they are made from a batch. */
  extra?(config: RunConfig, rows: number): Readonly<Record<string, Shape>>;
  extraFeeds?(batch: Batch, config: RunConfig, rows: number): Arrays;
  /** Whether it says at each update how likely it is to halt there. */
  readonly halts?: boolean;
  readonly usesLevels?: (config: RunConfig) => boolean;
  readonly unused?: Method['unused'];
}

/** A method whose updates are a network's own, differentiated through all of them. */
export function unrolledMethod(refiner: Refiner): Method {
  return {
    name: refiner.name,
    hasEnergy: false,
    halts: refiner.halts ?? false,
    usesLevels: refiner.usesLevels ?? (() => false),
    unused: refiner.unused ?? [],
    parameters: (config, widths) => refiner.parameters(config, widths),
    training: (runner, config, widths, rows, options) => training(refiner, runner, config, widths, rows, options),
    reasoning: (runner, config, widths, rows, options) => reasoning(refiner, runner, config, widths, rows, options),
  };
}

/** What a walk starts from. Graphs: answers at padding are 0, and stay so where the network is asked to keep them. */
function beginning(refiner: Refiner, config: RunConfig, widths: Widths, rows: number, p: Tensors, x: Tensor, y0: Tensor): { at: Tensors; real: Tensor | undefined } {
  const carried = Object.entries(refiner.carriedShapes?.(config, widths, rows) ?? {}).map(([name, shape]): [string, Tensor] => [name, tf.zeros([...shape])]);
  const real = isGraph(config.task) ? graphOf(x, widths)['graph.edges']! : undefined;
  return { at: { ...refiner.prepare(p, x, config, widths), ...Object.fromEntries(carried), y: real ? tf.mul(y0, real) : y0 }, real };
}

async function training(refiner: Refiner, runner: Runner, config: RunConfig, widths: Widths, rows: number, options: { gradients?: boolean } = {}): Promise<Training> {
  const specs = refiner.parameters(config, widths);
  const names = specs.map(({ name }) => name);
  const extra = refiner.extra?.(config, rows) ?? {};

  const learn = (steps: number): Step => ({
    name: `${refiner.name} learn through ${steps} updates, ${rows} rows`,
    inputs: { x: [rows, widths.x], y0: [rows, widths.y], target: [rows, widths.y], ...ADAM_INPUTS, ...extra },
    state: trainingState(specs),
    run: (t) => {
      const real = isGraph(config.task) ? graphOf(t['x']!, widths)['graph.edges']! : undefined;
      const walk = (p: Tensors): UnrolledWalk => {
        let { at } = beginning(refiner, config, widths, rows, p, t['x']!, t['y0']!);
        const answers = [at['y']!];
        const logits: Tensor[] = [];
        for (let k = 0; k < steps; k++) {
          const { logit, ...next } = refiner.update(p, at, config);
          at = { ...at, ...next, y: real ? tf.mul(next['y']!, real) : next['y']! };
          answers.push(at['y']!);
          if (logit) logits.push(logit);
        }
        return { answers, logits };
      };
      const objective = (p: Tensors): Tensor => refiner.objective?.(p, t, walk, config, real) ?? squaredError(tf.sub(walk(p).answers[steps]!, t['target']!), real).mean;
      const { value: loss, grads } = tf.valueAndGrads((...values: Tensor[]) => objective({ ...t, ...named(names, values) }))(names.map((name) => t[name]!));
      const gradients = named(names, grads);
      const norm = globalNorm(gradients);
      const { answers, logits } = walk(t);
      return {
        ...adam(t, clip(gradients, norm, config.gradient_clip)),
        answers: answers[steps]!,
        errors: squaredError(tf.sub(answers[steps]!, t['target']!), real).errors,
        loss,
        gradient_norm: norm,
        answer_change: tf.sqrt(squaredError(tf.sub(answers[steps]!, answers[steps - 1]!), real).mean),
        ...(logits.length > 0 ? { logits: tf.stack(logits.map((logit) => tf.reshape(logit, [-1]))) } : {}),
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
        ...(out['logits'] ? { halting: haltingProbabilities(out['logits'], rows) } : {}),
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
  const real: Record<string, Shape> = isGraph(config.task) ? { real: [rows, widths.y] } : {};
  const scratch: Record<string, Shape> = { ...refiner.preparedShapes(config, widths, rows), ...refiner.carriedShapes?.(config, widths, rows), ...real, y: [rows, widths.y] };
  const target: Record<string, Shape> = options.measure ? { target: [rows, widths.y] } : {};
  const seen = (t: Tensors): Tensors => (options.measure ? { errors: squaredError(tf.sub(t['y']!, t['target']!), t['real']).errors } : {});

  const start: Step = {
    name: `${refiner.name} start, ${rows} rows`,
    inputs: { x: [rows, widths.x], y0: [rows, widths.y] },
    state,
    scratch,
    run: (t) => {
      const { at, real: mask } = beginning(refiner, config, widths, rows, t, t['x']!, t['y0']!);
      return { ...at, ...(mask ? { real: mask } : {}) };
    },
  };
  const advance: Step = {
    name: `${refiner.name} reason, ${rows} rows`,
    inputs: target,
    state,
    scratch,
    run: (t) => {
      const { logit, ...next } = refiner.update(t, t, config);
      return { ...seen(t), ...(options.keepAnswers ? { answers: t['y']! } : {}), ...(logit ? { logits: tf.reshape(logit, [-1]) } : {}), ...next, y: t['real'] ? tf.mul(next['y']!, t['real']) : next['y']! };
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
        ...(out['logits'] ? { halting: haltingProbabilities(out['logits'], rows) } : {}),
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
