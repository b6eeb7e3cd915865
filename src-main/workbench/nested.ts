import { BasinError } from '../contract/errors.ts';
import { createRng } from '../tasks/rng.ts';
import { openSolver } from '../trainer/evaluation.ts';
import type { Model } from './model.ts';
import type { NestedOptions, NestedPoint, NestedResult } from './nested-result.ts';
import { distributionOf } from './statistics.ts';

const ALLOWED: Readonly<Record<keyof NestedOptions, readonly [least: number, most: number]>> = { matrices: [2, 100], steps: [0, 1000], problems: [1, 100_000], seed: [0, 2 ** 31 - 1] };

/** Rows that reason at a time. */
const CHUNK = 512;

/**
 * Nested addition: a model that was trained to add two matrices sums many, s₁ = A₁, sₖ₊₁ = its answer to [sₖ, Aₖ₊₁] from a
 * random first answer. Entries are U(−1, 1) as in training, so that sums leave the training distribution more and more.
 *
 * @throws BasinError `nested.task` for a run of another task than addition; `nested.range` for an option out of range
 */
export async function nestedAddition({ config, engine, task, stepSize }: Model, options: NestedOptions): Promise<NestedResult> {
  if (config.task !== 'addition') throw new BasinError('nested.task', `task = ${config.task} is not allowed: nested addition applies a model that was trained to add two matrices; allowed is a run of task = addition`, { details: { task: config.task } });
  check(options);
  const { matrices, steps, problems, seed } = options;
  const { widths } = task;
  const matrix = (index: number) => createRng(seed, 'nested matrices', index).fillUniform(new Float32Array(problems * widths.y), -1, 1);
  const references = task.references(seed).map(({ name, label }) => ({ name, label, errors: [] as number[] }));
  const points: NestedPoint[] = [];
  const note = (compositions: number, errors: Float32Array, exact: Float32Array) => {
    points.push({ compositions, ...distributionOf(errors) });
    // Of the trivial answers the linear map is exact however often it is applied; 0 is off by the sum itself.
    for (const { name, errors: trivial } of references) trivial.push(name === 'linear-map' ? 0 : meanSquare(exact));
  };

  let exact: Float32Array = matrix(1);
  let sum: Float32Array = exact;
  note(0, new Float32Array(problems), exact);
  const solver = await openSolver(engine, config, widths, Math.min(CHUNK, problems));
  try {
    for (let k = 1; k < matrices; k++) {
      const next = matrix(k + 1);
      exact = exact.map((value, i) => value + next[i]!);
      const y0 = createRng(seed, 'nested answers', k).fillUniform(new Float32Array(exact.length), -1, 1);
      const { answers, errors } = await solver.solve({ rows: problems, x: sideBySide(sum, next, widths.y), y0, target: exact }, steps, stepSize);
      sum = answers;
      note(k, errors!.subarray(steps * problems), exact);
    }
  } finally {
    await solver.dispose();
  }
  return { matrices, steps, problems, seed, points, references };
}

function check(options: NestedOptions): void {
  for (const [name, [least, most]] of Object.entries(ALLOWED) as [keyof NestedOptions, readonly [number, number]][]) {
    const value = options[name];
    if (!Number.isInteger(value) || value < least || value > most) throw new BasinError('nested.range', `${name} = ${value} is not allowed: it must be a whole number from ${least} to ${most}`, { details: { name, value } });
  }
}

/** Problems [rows, 2 · width] of two matrices [rows, width] each. */
function sideBySide(a: Float32Array, b: Float32Array, width: number): Float32Array {
  const x = new Float32Array(2 * a.length);
  for (let from = 0; from < a.length; from += width) {
    x.set(a.subarray(from, from + width), 2 * from);
    x.set(b.subarray(from, from + width), 2 * from + width);
  }
  return x;
}

function meanSquare(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value ** 2;
  return sum / values.length;
}
