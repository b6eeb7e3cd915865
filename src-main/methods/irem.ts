import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { RunConfig } from '../contract/config.ts';
import { adam, ADAM_INPUTS, adamFeeds, clip, globalNorm, trainingState } from './adam.ts';
import { linear, linearSpecs, swish } from './layers.ts';
import type { Arrays, Method, ParameterSpec, Program, Reasoning, Runner, Shape, Stage, Step, Tensors, Training, Walk, Widths } from './types.ts';

/*
 * Learning Iterative Reasoning through Energy Minimization (Du, Li, Tenenbaum, Mordatch, ICML 2022).
 *
 *     y⁰ ~ U(−1, 1)        yᵗ = yᵗ⁻¹ − λ ∇_y E_θ(x, yᵗ⁻¹)        answer = y^N
 *
 * Training minimises the mean squared error of the last answer through the last update ("last-step") or all ("full").
 * The first layer is split into its y part and its x part: x does not change while y descends, so the x part, here
 * `condition`, is computed once for each problem.
 */

const LOG_STEP_SIZE = 'log_step_size';

/** [y, x] → h → … → h → 1: `fc1` … `fc<depth + 1>`, as the released network when hidden = 512 and depth = 3. */
function parameters(config: RunConfig, widths: Widths): ParameterSpec[] {
  const sizes = [widths.y + widths.x, ...Array<number>(config.depth).fill(config.hidden), 1];
  const layers = sizes.slice(1).flatMap((out, i) => linearSpecs(`fc${i + 1}`, sizes[i]!, out));
  return config.learnable_step_size ? [...layers, { name: LOG_STEP_SIZE, shape: [], bound: 0, value: Math.log(config.step_size) }] : layers;
}

/** The x part of the first layer [rows, hidden]: it stays the same while an answer descends. */
function condition(p: Tensors, x: Tensor, widths: Widths): Tensor {
  const weight = tf.slice(p['fc1.weight'] as Tensor2D, [0, widths.y], [-1, widths.x]);
  return linear(x, weight, p['fc1.bias']!);
}

/** E(x, y) [rows, 1] from the condition of x and an answer y [rows, widths.y]. */
function energy(p: Tensors, condition: Tensor, y: Tensor, { depth }: RunConfig): Tensor {
  const width = y.shape[1]!;
  let h = swish(linear(y, tf.slice(p['fc1.weight'] as Tensor2D, [0, 0], [-1, width]), condition));
  for (let layer = 2; layer <= depth; layer++) h = swish(linear(h, p[`fc${layer}.weight`]!, p[`fc${layer}.bias`]!));
  return linear(h, p[`fc${depth + 1}.weight`]!, p[`fc${depth + 1}.bias`]!);
}

/** E of each row [rows] and ∇_y E [rows, widths.y]. Energies are summed first: a row's gradient depends on that row alone. */
function energyGradient(p: Tensors, condition: Tensor, y: Tensor, config: RunConfig): { energies: Tensor; gradient: Tensor } {
  const energies = tf.reshape(energy(p, condition, y, config), [-1]);
  const gradient = tf.grad((answer) => tf.sum(energy(p, condition, answer, config)))(y);
  return { energies, gradient };
}

/** λ of training as a scalar tensor: learned, or fed. */
const stepSize = (t: Tensors, config: RunConfig): Tensor => (config.learnable_step_size ? tf.exp(t[LOG_STEP_SIZE]!) : t['step_size']!);

/** y − λ ∇_y E. */
const update = (y: Tensor, gradient: Tensor, lambda: Tensor): Tensor => tf.sub(y, tf.mul(lambda, gradient));

/** An answer with Langevin noise, where the run asks for it. */
const noisy = (y: Tensor, noise: Tensor | undefined, { langevin_noise }: RunConfig): Tensor => (noise ? tf.add(y, tf.mul(noise, langevin_noise)) : y);

/** Mean of the square over each row [rows]. */
const rowMeanSquare = (t: Tensor): Tensor => tf.mean(tf.square(t), 1);

/** Names, shapes and common parts of the steps for one batch size. */
function stepsFor(config: RunConfig, widths: Widths, rows: number) {
  const specs = parameters(config, widths);
  const network = Object.fromEntries(specs.map(({ name, shape }) => [name, shape]));
  const scratch = { y: `scratch.${rows}.y`, condition: `scratch.${rows}.condition` };
  const walking: Record<string, Shape> = { ...network, [scratch.y]: [rows, widths.y], [scratch.condition]: [rows, config.hidden] };
  const scalars: Record<string, Shape> = config.learnable_step_size ? {} : { step_size: [] };
  const noise: Record<string, Shape> = config.langevin_noise > 0 ? { noise: [rows, widths.y] } : {};

  /** Puts a batch's first answers and the condition of its problems in place. */
  const start: Step = {
    name: `irem start, ${rows} rows`,
    inputs: { x: [rows, widths.x], y0: [rows, widths.y] },
    state: walking,
    run: (t) => ({ [scratch.condition]: condition(t, t['x']!, widths), [scratch.y]: t['y0']! }),
  };
  return { specs, network, scratch, walking, scalars, noise, start };
}

async function training(runner: Runner, config: RunConfig, widths: Widths, rows: number, options: { gradients?: boolean } = {}): Promise<Training> {
  const { specs, scratch, walking, scalars, noise, start } = stepsFor(config, widths, rows);
  // A constant offset of E changes no answer: the last bias never receives a gradient.
  const trained = specs.map(({ name }) => name).filter((name) => name !== `fc${config.depth + 1}.bias`);
  const batch = { x: [rows, widths.x], target: [rows, widths.y] };

  /** Descends without a thought of θ: plain numbers. */
  const descend: Step = {
    name: `irem descend, ${rows} rows`,
    inputs: { ...scalars, ...noise },
    state: walking,
    run: (t) => {
      const { energies, gradient } = energyGradient(t, t[scratch.condition]!, t[scratch.y]!, config);
      return { energies, [scratch.y]: noisy(update(t[scratch.y]!, gradient, stepSize(t, config)), t['noise'], config) };
    },
  };

  /** The last `updates` updates, differentiated with respect to θ, and Adam: dL/dθ = (∂y^N/∂θ)ᵀ dL/dy^N. */
  const learn = (updates: number): Step => ({
    name: `irem learn through ${updates} updates, ${rows} rows`,
    inputs: { ...batch, ...scalars, ...ADAM_INPUTS, ...(noise['noise'] ? { 'learn.noise': [updates, ...noise['noise']] } : {}) },
    state: { ...walking, ...trainingState(specs) },
    run: (t) => {
      const walk = (p: Tensors) => {
        const cond = condition(p, t['x']!, widths);
        const noises = t['learn.noise'] ? tf.unstack(t['learn.noise']) : [];
        const answers = [t[scratch.y]!];
        const energies: Tensor[] = [];
        for (let k = 0; k < updates; k++) {
          const found = energyGradient(p, cond, answers[k]!, config);
          energies.push(found.energies);
          answers.push(noisy(update(answers[k]!, found.gradient, stepSize(p, config)), noises[k], config));
        }
        return { cond, answers, energies };
      };
      const given = { ...t };
      const { cond, answers, energies } = walk(given);
      const answer = answers[updates]!;
      const difference = tf.sub(answer, t['target']!);
      const errors = rowMeanSquare(difference);
      const gradients = Object.fromEntries(
        tf
          .grads((...values: Tensor[]) => walk({ ...given, ...Object.fromEntries(trained.map((name, i) => [name, values[i]!])) }).answers[updates]!)(
            trained.map((name) => t[name]!),
            tf.mul(difference, 2 / difference.size),
          )
          .map((gradient, i) => [trained[i]!, gradient]),
      );
      const norm = globalNorm(gradients);
      return {
        ...adam(t, clip(gradients, norm, config.gradient_clip)),
        answers: answer,
        errors,
        'learn.energies': tf.stack([...energies, tf.reshape(energy(given, cond, answer, config), [-1])]),
        loss: tf.mean(errors),
        gradient_norm: norm,
        answer_change: tf.sqrt(tf.mean(tf.square(tf.sub(answer, answers[updates - 1]!)))),
        ...(options.gradients ? Object.fromEntries(Object.entries(gradients).map(([name, gradient]) => [`gradient.${name}`, gradient])) : {}),
        ...(config.learnable_step_size ? { step_size: stepSize(t, config) } : {}),
      };
    },
  });

  const differentiated = (steps: number) => (config.backprop === 'full' ? steps : 1);
  const programs = new Map<number, Promise<Program>>();
  const programFor = (updates: number): Promise<Program> => {
    const existing = programs.get(updates);
    if (existing) return existing;
    const stages: Stage[] = config.backprop === 'full' ? [{ step: start }] : [{ step: start }, { step: descend, repeated: true, perRepetition: Object.keys(noise) }];
    const made = runner.prepare([...stages, { step: learn(updates) }]);
    programs.set(updates, made);
    return made;
  };
  await programFor(differentiated(config.steps));

  return {
    async run(given, iteration, steps) {
      const updates = differentiated(steps);
      const program = await programFor(updates);
      const size = rows * widths.y;
      const plain = steps - updates;
      const noises: Record<string, Float32Array> = {};
      if (given.noise) {
        if (config.backprop !== 'full') noises['noise'] = given.noise.subarray(0, plain * size);
        noises['learn.noise'] = given.noise.subarray(plain * size, steps * size);
      }
      const out = await program.run(
        { x: given.x, y0: given.y0, target: given.target, ...(config.learnable_step_size ? {} : { step_size: Float32Array.of(config.step_size) }), ...noises, ...adamFeeds(config.learning_rate, iteration) },
        plain,
      );
      return {
        answers: out['answers']!,
        errors: out['errors']!,
        energies: joined(out['energies'], out['learn.energies']!),
        loss: out['loss']![0]!,
        gradientNorm: out['gradient_norm']![0]!,
        answerChange: out['answer_change']![0]!,
        stepSize: config.learnable_step_size ? out['step_size']![0]! : config.step_size,
        ...(options.gradients ? { gradients: withoutPrefix(out, 'gradient.') } : {}),
      };
    },
    async dispose() {
      for (const program of programs.values()) await (await program).dispose();
    },
  };
}

async function reasoning(runner: Runner, config: RunConfig, widths: Widths, rows: number, options: { keepAnswers?: boolean } = {}): Promise<Reasoning> {
  const { scratch, walking, start } = stepsFor(config, widths, rows);
  const inputs = { step_size: [], target: [rows, widths.y] };

  /** What is known of the answer at hand: energy, error against the target, gradient norm. */
  const measure = (t: Tensors) => {
    const y = t[scratch.y]!;
    const { energies, gradient } = energyGradient(t, t[scratch.condition]!, y, config);
    const measured = { energies, errors: rowMeanSquare(tf.sub(y, t['target']!)), gradient_norms: tf.sqrt(tf.sum(tf.square(gradient), 1)) };
    return { y, energies, gradient, measured: options.keepAnswers ? { ...measured, answers: y } : measured };
  };

  const descend: Step = {
    name: `irem reason, ${rows} rows`,
    inputs,
    state: walking,
    run: (t) => {
      const { y, energies, gradient, measured } = measure(t);
      const moved = update(y, gradient, t['step_size']!);
      if (!config.accept_only_descent) return { ...measured, [scratch.y]: moved };
      const lower = tf.lessEqual(tf.reshape(energy(t, t[scratch.condition]!, moved, config), [-1]), energies);
      return { ...measured, [scratch.y]: tf.where(tf.expandDims(lower, 1), moved, y) };
    },
  };
  const end: Step = {
    name: `irem measure, ${rows} rows`,
    inputs: { target: inputs.target },
    state: walking,
    run: (t) => {
      const { y, measured } = measure(t);
      return Object.fromEntries(Object.entries({ ...measured, answers: y }).map(([name, value]) => [`end.${name}`, value]));
    },
  };
  const program = await runner.prepare([{ step: start }, { step: descend, repeated: true }, { step: end }]);
  const noTarget = new Float32Array(rows * widths.y);

  return {
    async run({ x, y0, target }, steps, lambda): Promise<Walk> {
      const out = await program.run({ x, y0, target: target ?? noTarget, step_size: Float32Array.of(lambda) }, steps);
      return {
        energies: joined(out['energies'], out['end.energies']!),
        errors: joined(out['errors'], out['end.errors']!),
        gradientNorms: joined(out['gradient_norms'], out['end.gradient_norms']!),
        answers: options.keepAnswers ? joined(out['answers'], out['end.answers']!) : out['end.answers']!,
      };
    },
    dispose: () => program.dispose(),
  };
}

/** The outputs of a repeated stage followed by those of the stage after it. */
function joined(repeated: Float32Array | undefined, last: Float32Array): Float32Array {
  const all = new Float32Array((repeated?.length ?? 0) + last.length);
  if (repeated) all.set(repeated);
  all.set(last, all.length - last.length);
  return all;
}

const withoutPrefix = (arrays: Arrays, prefix: string): Record<string, Float32Array> =>
  Object.fromEntries(Object.entries(arrays).flatMap(([name, values]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), values]] : [])));

export const irem: Method = { name: 'irem', hasEnergy: true, parameters, training, reasoning };
