import type { Tensor } from '@tensorflow/tfjs-core';
import type { RunConfig } from '../contract/config.ts';

/** Tensors by name. All are float32. */
export type Tensors = Record<string, Tensor>;
export type Shape = readonly number[];
/** Numbers on the JavaScript side, row-major, by name. */
export type Arrays = Readonly<Record<string, Float32Array>>;

/**
 * A pure function of tensors, written with tfjs ops once and run by any engine.
 *
 * `run` gets every input, state entry and scratch entry by name. What it returns under the name of a state or scratch
 * entry replaces that entry on the engine's side; everything else goes to the caller. It must not read a tensor's data.
 */
export interface Step {
  readonly name: string;
  /** Fed at each call. */
  readonly inputs: Readonly<Record<string, Shape>>;
  /** Lives on the engine's side between calls and is shared by all steps of one engine. */
  readonly state: Readonly<Record<string, Shape>>;
  /** Passed on from step to step while one program runs, and forgotten at its end. */
  readonly scratch?: Readonly<Record<string, Shape>>;
  run(tensors: Tensors): Tensors;
}

/** A step of a program. A repeated one runs as often as the caller says; its outputs get a leading axis [times, …]. */
export interface Stage {
  readonly step: Step;
  readonly repeated?: boolean;
  /** Inputs of a repeated stage that are fed as [times, …], one slice for each repetition. */
  readonly perRepetition?: readonly string[];
}

/** Stages made ready to run in order, in one call. */
export interface Program {
  /**
   * Feeds are shared by the stages by name; an array on a SharedArrayBuffer is read in place. Resolves with the outputs
   * of all stages by name. Returned arrays are reused: they hold until the call after the next one starts.
   *
   * @throws BasinError `engine.feed` for a feed that is missing, unknown or of the wrong length.
   */
  run(feeds: Arrays, times?: number): Promise<Arrays>;
  dispose(): Promise<void>;
}

/** An engine as a method sees it. */
export interface Runner {
  /** @param times the number of repetitions that most runs will have, where it is known: the program is made for it */
  prepare(stages: readonly Stage[], times?: number): Promise<Program>;
}

/** A parameter, named and laid out as PyTorch does (linear weight [out, in]), drawn from U(−bound, bound). */
export interface ParameterSpec {
  readonly name: string;
  readonly shape: Shape;
  readonly bound: number;
  /** Starts at exactly this value instead of a random one. */
  readonly value?: number;
}

/** Widths of a flattened problem and answer. */
export interface Widths {
  readonly x: number;
  readonly y: number;
}

/** One training batch, row-major: x [rows, widths.x], y0 and target [rows, widths.y]. */
export interface Batch {
  readonly x: Float32Array;
  readonly y0: Float32Array;
  readonly target: Float32Array;
  /** Standard normal numbers [steps, rows, widths.y]; needed when `langevin_noise` > 0. */
  readonly noise?: Float32Array;
  /** A number of [0, 1) for each row [rows], negative for a replayed one; needed by a method that says so (`Method.usesLevels`). */
  readonly levels?: Float32Array;
}

/** What one training iteration found; arrays hold until the iteration after the next one starts. */
export interface Outcome {
  /** Final answers [rows, widths.y]. */
  readonly answers: Float32Array;
  /** Mean squared error of each row's final answer [rows]. */
  readonly errors: Float32Array;
  /** Energy of each row's answer after k updates [steps + 1, rows]; empty when the method has no energy. */
  readonly energies: Float32Array;
  /** Probability of halting at step n, n = 1 … steps [steps, rows]; sums to 1 in each row. Only a method that halts has it. */
  readonly halting?: Float32Array;
  /** The loss that was differentiated: the mean squared error over the batch, or the method's own. */
  readonly loss: number;
  /** Global norm of the loss's gradient, before clipping. */
  readonly gradientNorm: number;
  /** Root mean square, over rows and components, of the last update of the answer. */
  readonly answerChange: number;
  /** λ that the iteration reasoned with: learned, or the configured one. */
  readonly stepSize: number;
  /** Gradient of each parameter, only when asked for. */
  readonly gradients?: Arrays;
}

/** A training iteration for one batch size, ready to run. Parameters and Adam's moments are the engine's state. */
export interface Training {
  /** @param iteration counted from 1: Adam's bias correction needs it. @param steps number of updates. */
  run(batch: Batch, iteration: number, steps: number): Promise<Outcome>;
  dispose(): Promise<void>;
}

/** A reasoning walk: row r's state after k updates, k = 0 … steps. Energy, error and gradient belong to the same answer. */
export interface Walk {
  /** [steps + 1, rows]; empty when the method has no energy. */
  readonly energies: Float32Array;
  /** Mean squared error against the target [steps + 1, rows]; only with `measure`. */
  readonly errors?: Float32Array;
  /** ‖∇_y E‖₂ [steps + 1, rows]; only with `measure`; empty when the method has no energy. */
  readonly gradientNorms?: Float32Array;
  /** Answers [steps + 1, rows, widths.y] with `keepAnswers`, else the last ones [rows, widths.y]. */
  readonly answers: Float32Array;
  /** Probability of halting at step n, n = 1 … steps [steps, rows]; only of a method that halts. */
  readonly halting?: Float32Array;
}

export interface ReasoningOptions {
  /** Keep the answer of every step, not only the last. */
  readonly keepAnswers?: boolean;
  /** Record error and gradient norm at every step; `run` then needs a target. Costs a few percent. */
  readonly measure?: boolean;
}

/** Reasoning for one batch size, ready to run. */
export interface Reasoning {
  /** @param stepSize λ: the configured one, or the one that training learned (`Outcome.stepSize`). */
  run(problems: { x: Float32Array; y0: Float32Array; target?: Float32Array }, steps: number, stepSize: number): Promise<Walk>;
  dispose(): Promise<void>;
}

/** One way of finding answers: network, loss and reasoning. */
export interface Method {
  readonly name: RunConfig['method'];
  /** False for methods without an energy: views say so instead of drawing zeros. */
  readonly hasEnergy: boolean;
  /** Whether each step has a probability of halting there (PonderNet). */
  readonly halts: boolean;
  /** Whether a training batch needs `levels`. */
  usesLevels(config: RunConfig): boolean;
  /** Modules that the released class defines and never uses: whoever reads its weights leaves them out. */
  readonly unused: readonly string[];
  parameters(config: RunConfig, widths: Widths): readonly ParameterSpec[];
  training(runner: Runner, config: RunConfig, widths: Widths, rows: number, options?: { gradients?: boolean }): Promise<Training>;
  reasoning(runner: Runner, config: RunConfig, widths: Widths, rows: number, options?: ReasoningOptions): Promise<Reasoning>;
}
