import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { isGraph, type RunConfig } from '../contract/config.ts';
import { adam, ADAM_INPUTS, adamFeeds, clip, globalNorm, trainingState } from './adam.ts';
import { energyNetwork } from './energy-network.ts';
import type { EnergyNetwork } from './energy-types.ts';
import { trainingBySize } from './graph/by-size.ts';
import type { Layout } from './graph/layout.ts';
import { joined, named, squaredError, withoutPrefix } from './layers.ts';
import type { Method, ParameterSpec, Program, Reasoning, ReasoningOptions, Runner, Shape, Stage, Step, Tensors, Training, Walk, Widths } from './types.ts';

/*
 * Learning Iterative Reasoning through Energy Minimization (Du, Li, Tenenbaum, Mordatch, ICML 2022).
 *
 *     y⁰ ~ U(−1, 1)        yᵗ = yᵗ⁻¹ − λ ∇_y E_θ(x, yᵗ⁻¹)        answer = y^N
 *
 * Training minimises the mean squared error of the last answer through the last update ("last-step") or all ("full").
 * x does not change while y descends, so what depends on x alone is computed once for each problem (energy-network.ts has the networks).
 */

/** Parameter of a learned λ. */
export const LOG_STEP_SIZE = 'log_step_size';

/** The energy network's parameters, and log λ where λ is learned. */
function parameters(config: RunConfig, widths: Widths): ParameterSpec[] {
  const network = energyNetwork(config).parameters(config, widths);
  return config.learnable_step_size ? [...network, { name: LOG_STEP_SIZE, shape: [], bound: 0, value: Math.log(config.step_size) }] : network;
}

/** E of each row [rows] and ∇_y E [rows, widths.y]. Energies are summed first: a row's gradient depends on that row alone. */
function energyGradient(network: EnergyNetwork, p: Tensors, y: Tensor, config: RunConfig): { energies: Tensor; gradient: Tensor } {
  const energies = tf.reshape(network.energy(p, y, config), [-1]);
  const gradient = tf.grad((answer) => tf.sum(network.energy(p, answer, config)))(y);
  return { energies, gradient };
}

/** λ of training as a scalar tensor: learned, or fed. */
const stepSize = (t: Tensors, config: RunConfig): Tensor => (config.learnable_step_size ? tf.exp(t[LOG_STEP_SIZE]!) : t['step_size']!);

/** y − λ ∇_y E. */
const update = (y: Tensor, gradient: Tensor, lambda: Tensor): Tensor => tf.sub(y, tf.mul(lambda, gradient));

/** An answer with Langevin noise, where the run asks for it. @param real 0 where padding is, which gets none */
const noisy = (y: Tensor, noise: Tensor | undefined, real: Tensor | undefined, { langevin_noise }: RunConfig): Tensor => (noise ? tf.add(y, tf.mul(real ? tf.mul(noise, real) : noise, langevin_noise)) : y);

/** Shapes and common parts of the steps for one batch size. @param layout as for `energyNetwork` */
function stepsFor(config: RunConfig, widths: Widths, rows: number, layout?: Layout) {
  const network = energyNetwork(config, layout);
  const specs = parameters(config, widths);
  const state: Record<string, Shape> = Object.fromEntries(specs.map(({ name, shape }) => [name, shape]));
  const scratch: Record<string, Shape> = { y: [rows, widths.y], ...network.conditionShapes(config, widths, rows) };

  /** Puts a batch's first answers, and what is known before an answer is, in place. */
  const start: Step = {
    name: `irem start, ${rows} rows`,
    inputs: { x: [rows, widths.x], y0: [rows, widths.y] },
    state,
    scratch,
    run: (t) => {
      const condition = network.condition(t, t['x']!, widths);
      const real = network.real?.(condition, widths);
      return { ...condition, y: real ? tf.mul(t['y0']!, real) : t['y0']! };
    },
  };
  return { network, specs, state, scratch, start };
}

/** Graphs are of mixed sizes, and are trained on in segments of like size. */
const training: Method['training'] = (runner, config, widths, rows, options) =>
  isGraph(config.task) ? trainingBySize(widths, rows, (layout) => trainingIn(layout, runner, config, widths, rows, options)) : trainingIn(undefined, runner, config, widths, rows, options);

async function trainingIn(layout: Layout | undefined, runner: Runner, config: RunConfig, widths: Widths, rows: number, options: { gradients?: boolean } = {}): Promise<Training> {
  const { network, specs, state, scratch, start } = stepsFor(config, widths, rows, layout);
  const scalars: Record<string, Shape> = config.learnable_step_size ? {} : { step_size: [] };
  const noise: Record<string, Shape> = config.langevin_noise > 0 ? { noise: [rows, widths.y] } : {};
  // A constant offset of E changes no answer: the last bias never receives a gradient.
  const differentiable = network.leaves(specs.map(({ name }) => name).filter((name) => name !== network.constantOffset(config)));

  /** Descends without a thought of θ: plain numbers. */
  const descend: Step = {
    name: `irem descend, ${rows} rows`,
    inputs: { ...scalars, ...noise },
    state,
    scratch,
    run: (t) => {
      const { energies, gradient } = energyGradient(network, t, t['y']!, config);
      return { energies, y: noisy(update(t['y']!, gradient, stepSize(t, config)), t['noise'], network.real?.(t, widths), config) };
    },
  };

  /** The last `updates` updates, differentiated with respect to θ, and Adam: dL/dθ = (∂y^N/∂θ)ᵀ dL/dy^N. */
  const learn = (updates: number): Step => ({
    name: `irem learn through ${updates} updates, ${rows} rows`,
    inputs: { x: [rows, widths.x], target: [rows, widths.y], ...scalars, ...ADAM_INPUTS, ...(noise['noise'] ? { 'learn.noise': [updates, ...noise['noise']] } : {}) },
    state: { ...state, ...trainingState(specs) },
    scratch,
    run: (t) => {
      const real = network.real?.(t, widths);
      const walk = (p: Tensors) => {
        const noises = t['learn.noise'] ? tf.unstack(t['learn.noise']) : [];
        const answers = [t['y']!];
        const energies: Tensor[] = [];
        for (let k = 0; k < updates; k++) {
          const found = energyGradient(network, p, answers[k]!, config);
          energies.push(found.energies);
          answers.push(noisy(update(answers[k]!, found.gradient, stepSize(p, config)), noises[k], real, config));
        }
        return { answers, energies };
      };
      const { answers, energies } = walk(t);
      const answer = answers[updates]!;
      const difference = tf.sub(answer, t['target']!);
      const { errors, mean, weight } = squaredError(difference, real);
      const lastAnswer = (...values: Tensor[]) => walk({ ...t, ...named(differentiable, values) }).answers[updates]!;
      const parts = tf.grads(lastAnswer)(differentiable.map((name) => t[name]!), tf.mul(difference, weight));
      const gradients = network.gradients(named(differentiable, parts), t['x']!);
      const norm = globalNorm(gradients);
      return {
        ...adam(t, clip(gradients, norm, config.gradient_clip)),
        answers: answer,
        errors,
        'learn.energies': tf.stack([...energies, tf.reshape(network.energy(t, answer, config), [-1])]),
        loss: mean,
        gradient_norm: norm,
        answer_change: tf.sqrt(squaredError(tf.sub(answer, answers[updates - 1]!), real).mean),
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
    const made = runner.prepare([...stages, { step: learn(updates) }], config.steps - updates);
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

async function reasoning(runner: Runner, config: RunConfig, widths: Widths, rows: number, options: ReasoningOptions = {}): Promise<Reasoning> {
  const { network, state, scratch, start } = stepsFor(config, widths, rows);
  const target: Record<string, Shape> = options.measure ? { target: [rows, widths.y] } : {};

  /** What is known of the answer at hand: energy, and where asked for error against the target and gradient norm. */
  const look = (t: Tensors) => {
    const y = t['y']!;
    const { energies, gradient } = energyGradient(network, t, y, config);
    const measured = options.measure ? { errors: squaredError(tf.sub(y, t['target']!), network.real?.(t, widths)).errors, gradient_norms: tf.sqrt(tf.sum(tf.square(gradient), 1)) } : {};
    return { y, gradient, seen: { energies, ...measured } };
  };

  const descend: Step = {
    name: `irem reason, ${rows} rows`,
    inputs: { step_size: [], ...target },
    state,
    scratch,
    run: (t) => {
      const { y, gradient, seen } = look(t);
      const outputs = options.keepAnswers ? { ...seen, answers: y } : seen;
      const next = update(y, gradient, t['step_size']!);
      if (!config.accept_only_descent) return { ...outputs, y: next };
      const lower = tf.lessEqual(tf.reshape(network.energy(t, next, config), [-1]), seen.energies);
      return { ...outputs, y: tf.where(tf.expandDims(lower, 1), next, y) };
    },
  };
  const end: Step = {
    name: `irem look at the end, ${rows} rows`,
    inputs: target,
    state,
    scratch,
    run: (t) => {
      const { y, seen } = look(t);
      return Object.fromEntries(Object.entries({ ...seen, answers: y }).map(([name, value]) => [`end.${name}`, value]));
    },
  };
  const program = await runner.prepare([{ step: start }, { step: descend, repeated: true }, { step: end }]);

  return {
    async run({ x, y0, target: wanted }, steps, lambda): Promise<Walk> {
      const out = await program.run({ x, y0, ...(options.measure && wanted ? { target: wanted } : {}), step_size: Float32Array.of(lambda) }, steps);
      return {
        energies: joined(out['energies'], out['end.energies']!),
        ...(options.measure ? { errors: joined(out['errors'], out['end.errors']!), gradientNorms: joined(out['gradient_norms'], out['end.gradient_norms']!) } : {}),
        answers: options.keepAnswers ? joined(out['answers'], out['end.answers']!) : out['end.answers']!,
      };
    },
    dispose: () => program.dispose(),
  };
}

export const irem: Method = { name: 'irem', hasEnergy: true, halts: false, usesLevels: () => false, unused: [], parameters, training, reasoning };
