import type { RunConfig } from '../contract/config.ts';
import type { Engine } from '../engine/types.ts';
import { LOG_STEP_SIZE, methodFor } from '../methods/index.ts';
import type { Reasoning, Widths } from '../methods/types.ts';

/** Problems to reason about, row-major. */
export interface Questions {
  readonly rows: number;
  /** [rows, widths.x] */
  readonly x: Float32Array;
  /** First answers [rows, widths.y] */
  readonly y0: Float32Array;
  /** Exact answers [rows, widths.y], where they are known. */
  readonly target?: Float32Array;
}

/** What reasoning found, in arrays of the caller's own. Index k is after k updates; all numbers of one k belong to the same answer. */
export interface Solution {
  /** [steps + 1, rows]; empty when the method has no energy. */
  readonly energies: Float32Array;
  /** ‖∇_y E‖₂ [steps + 1, rows]; empty when the method has no energy. */
  readonly gradientNorms: Float32Array;
  /** Mean squared error against the target [steps + 1, rows]; absent without one. */
  readonly errors?: Float32Array;
  /** Answers [steps + 1, rows, widths.y] with `keepAnswers`, else the last ones [rows, widths.y]. */
  readonly answers: Float32Array;
  /** Probability of halting at step n, n = 1 … steps [steps, rows]; empty where the method does not halt. */
  readonly halting: Float32Array;
}

/** Reasoning on any number of rows with the parameters that the engine holds at the time of the call. */
export interface Solver {
  solve(questions: Questions, steps: number, stepSize: number): Promise<Solution>;
  dispose(): Promise<void>;
}

/**
 * Prepares reasoning in chunks of `chunk` rows. Rows are independent of each other, so the last chunk is filled up with
 * zeros whose results are dropped.
 *
 * @param options.keepAnswers whether to keep the answers of every step, not only the last ones
 */
export async function openSolver(engine: Engine, config: RunConfig, widths: Widths, chunk: number, options: { keepAnswers?: boolean } = {}): Promise<Solver> {
  const reasoning = await methodFor(config.method).reasoning(engine, config, widths, chunk, { ...options, measure: true });
  return {
    solve: (questions, steps, stepSize) => solveChunks(reasoning, questions, { widths, chunk, steps, stepSize, keepAnswers: options.keepAnswers ?? false }),
    dispose: () => reasoning.dispose(),
  };
}

/** Reasons once on any number of rows: `openSolver`, one `solve`, `dispose`. @param options.chunk rows at a time, 512 unless told */
export async function solve(
  engine: Engine,
  config: RunConfig,
  widths: Widths,
  questions: Questions,
  options: { steps: number; stepSize: number; chunk?: number; keepAnswers?: boolean },
): Promise<Solution> {
  const chunk = Math.min(options.chunk ?? 512, questions.rows);
  const solver = await openSolver(engine, config, widths, chunk, { keepAnswers: options.keepAnswers ?? false });
  try {
    return await solver.solve(questions, options.steps, options.stepSize);
  } finally {
    await solver.dispose();
  }
}

/** λ of reasoning with the parameters that the engine holds now: the configured one, or the one that was learned. */
export async function stepSizeNow(engine: Engine, config: RunConfig): Promise<number> {
  if (!config.learnable_step_size) return config.step_size;
  const { [LOG_STEP_SIZE]: logStepSize } = await engine.getState([LOG_STEP_SIZE]);
  return Math.exp(logStepSize![0]!);
}

async function solveChunks(
  reasoning: Reasoning,
  questions: Questions,
  { widths, chunk, steps, stepSize, keepAnswers }: { widths: Widths; chunk: number; steps: number; stepSize: number; keepAnswers: boolean },
): Promise<Solution> {
  const { rows } = questions;
  const found = { energies: EMPTY, errors: EMPTY, gradientNorms: EMPTY, answers: EMPTY, halting: EMPTY };
  for (let from = 0; from < rows; from += chunk) {
    const count = Math.min(chunk, rows - from);
    const part = (array: Float32Array | undefined, width: number) => filledUp(array?.subarray(from * width, (from + count) * width) ?? EMPTY, chunk * width);
    const walk = await reasoning.run({ x: part(questions.x, widths.x), y0: part(questions.y0, widths.y), target: part(questions.target, widths.y) }, steps, stepSize);
    for (const name of ['energies', 'errors', 'gradientNorms', 'answers', 'halting'] as const) {
      const values = walk[name] ?? EMPTY;
      const width = name === 'answers' ? widths.y : 1;
      const levels = name === 'halting' ? steps : name === 'answers' && !keepAnswers ? 1 : steps + 1;
      if (values.length === 0) continue;
      if (from === 0) found[name] = new Float32Array(levels * rows * width);
      for (let k = 0; k < levels; k++) found[name].set(values.subarray(k * chunk * width, (k * chunk + count) * width), (k * rows + from) * width);
    }
  }
  const { errors, ...rest } = found;
  return questions.target ? { ...rest, errors } : rest;
}

const EMPTY = new Float32Array(0);

function filledUp(part: Float32Array, length: number): Float32Array {
  if (part.length === length) return part;
  const full = new Float32Array(length);
  full.set(part);
  return full;
}
