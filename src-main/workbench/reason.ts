import { BasinError } from '../contract/errors.ts';
import { writeFileAtomic } from '../formats/files.ts';
import { encodeSafetensors } from '../formats/safetensors.ts';
import type { TensorToWrite } from '../formats/tensors.ts';
import { createRng } from '../tasks/rng.ts';
import { solve } from '../trainer/evaluation.ts';
import { readProblems } from './problem-file.ts';
import type { Model } from './model.ts';

export interface ReasonOptions {
  /** File with the problems. */
  readonly input: string;
  /** File that gets the energies and answers. */
  readonly out: string;
  readonly steps: number;
  /** λ; the run's own unless given. */
  readonly stepSize?: number;
  /** Seed of the first answers where the file has no y0. */
  readonly seed: number;
}

/** What reasoning did, in means over the problems. */
export interface ReasonSummary {
  readonly out: string;
  readonly rows: number;
  readonly steps: number;
  readonly stepSize: number;
  readonly iteration: number;
  /** Mean energy of the first and of the last answers; absent for a method without an energy. */
  readonly energy?: { readonly first: number; readonly last: number };
  /** Mean squared error of the first and of the last answers; absent when the file has no y. */
  readonly error?: { readonly first: number; readonly last: number };
}

/** Every answer of every step is kept in memory until it is written. */
const MOST_BYTES = 4 * 2 ** 30;

/**
 * Reasons about the problems of a file and writes the whole walk to a safetensors file: `answers` [steps + 1, rows,
 * width], `energies` and `gradient_norms` [steps + 1, rows], and `errors` [steps + 1, rows] when the file has y. Index k
 * is after k updates.
 *
 * @throws BasinError `reason.large` when the answers would take more than 4 GiB; as `readProblems` and `writeFileAtomic`
 */
export async function reason(model: Model, options: ReasonOptions): Promise<ReasonSummary> {
  const { task, config, engine, iteration } = model;
  const { steps, out } = options;
  const problems = readProblems(options.input, task);
  const { rows, widths } = problems;
  const size = (steps + 1) * rows * widths.y * Float32Array.BYTES_PER_ELEMENT;
  if (size > MOST_BYTES) throw new BasinError('reason.large', `${rows} problems × ${steps + 1} answers × ${widths.y} numbers take ${(size / 2 ** 30).toFixed(1)} GiB, and at most 4 GiB are kept: use fewer steps or split ${options.input}`);
  const y0 = problems.y0 ?? createRng(options.seed, 'reason answers').fillUniform(new Float32Array(rows * widths.y), -1, 1);
  const stepSize = options.stepSize ?? model.stepSize;
  const walk = await solve(engine, config, widths, { ...problems, y0 }, { steps, stepSize, keepAnswers: true });

  const levels = steps + 1;
  const shape = [levels, rows];
  const hasEnergy = walk.energies.length > 0;
  const tensors: Record<string, TensorToWrite> = { answers: { shape: [levels, rows, widths.y], data: walk.answers } };
  if (hasEnergy) {
    tensors['energies'] = { shape, data: walk.energies };
    tensors['gradient_norms'] = { shape, data: walk.gradientNorms };
  }
  if (walk.errors) tensors['errors'] = { shape, data: walk.errors };
  const metadata = { method: config.method, task: config.task, iteration: String(iteration), steps: String(steps), step_size: String(stepSize), config: JSON.stringify(config) };
  await writeFileAtomic(out, encodeSafetensors(tensors, metadata));
  const ends = (values: Float32Array) => ({ first: mean(values.subarray(0, rows)), last: mean(values.subarray(steps * rows)) });
  return { out, rows, steps, stepSize, iteration, ...(hasEnergy ? { energy: ends(walk.energies) } : {}), ...(walk.errors ? { error: ends(walk.errors) } : {}) };
}

const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
