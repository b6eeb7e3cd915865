import { BasinError } from '../contract/errors.ts';
import { SIZED_TASKS, SIZES } from '../contract/tasks.ts';
import { createRng } from '../tasks/rng.ts';
import { solve } from '../trainer/evaluation.ts';
import { evaluate, PROBLEM_SEED } from './evaluate.ts';
import type { Evaluation, EvaluationOptions, SizeResult } from './evaluation-result.ts';
import { judge } from './judge.ts';
import type { Model } from './model.ts';

/** Graphs that reason at a time have this many edges together: 512 of 10 nodes, 56 of 30. A layer holds 128 numbers for each. */
const CHUNK_EDGES = 51_200;
/** In an evaluation, of the training size: as many edges as say enough of a mean, where ten times as many would take an hour. */
const MOST = 512;
/** Fewer graphs than this would say little of their mean. */
const LEAST = 64;

/**
 * Tests a model of a graph task on fresh graphs of other sizes than it was trained on, from random first answers, beside the
 * task's trivial answers, which are fitted at each size.
 *
 * @param options.problems graphs of the training size; of larger ones so many that they have as many edges together, but at least
 *   64 where there are as many: the mean of an error knows as much, and the time does not grow with the square of the size
 * @returns by size, ascending, each size once
 * @throws BasinError `evaluate.sizes` for a task without sizes, and for a size out of range
 */
export async function evaluateSizes({ task, engine, config, stepSize }: Model, options: Pick<EvaluationOptions, 'steps' | 'problems' | 'plateau'> & { readonly sizes: readonly number[] }): Promise<SizeResult[]> {
  const said = `sizes = ${options.sizes.join(',')} is not allowed`;
  if (!task.ofSize) throw new BasinError('evaluate.sizes', `${said}: problems of task ${task.name} have one size; allowed with the tasks ${SIZED_TASKS.join(', ')}`, { details: { task: task.name } });
  for (const size of options.sizes) if (!Number.isInteger(size) || size < SIZES[0] || size > SIZES[1]) throw new BasinError('evaluate.sizes', `${said}: each must be a whole number of nodes from ${SIZES[0]} to ${SIZES[1]}`, { details: { size } });
  const references = task.references(PROBLEM_SEED);
  const results: SizeResult[] = [];
  for (const nodes of [...new Set(options.sizes)].sort((a, b) => a - b)) {
    const sized = task.ofSize(nodes);
    const rows = problemsAt(nodes, options.problems, config.nodes);
    const drawn = sized.sample(createRng(PROBLEM_SEED, 'evaluation size', nodes), rows);
    const y0 = createRng(PROBLEM_SEED, 'evaluation size answers', nodes).fillUniform(new Float32Array(drawn.y.length), -1, 1);
    const walk = await solve(engine, config, sized.widths, { rows, x: drawn.x, y0, target: drawn.y }, { steps: Math.max(...options.steps), stepSize, chunk: Math.max(1, Math.floor(CHUNK_EDGES / nodes ** 2)) });
    results.push({ nodes, ...judge({ ...walk, errors: walk.errors! }, drawn, options, references) });
  }
  return results;
}

/** How many graphs of one size are drawn. @param trained nodes of the training size */
export const problemsAt = (nodes: number, problems: number, trained: number): number => Math.min(problems, Math.max(LEAST, Math.round(problems * (trained / nodes) ** 2)));

/** An evaluation as it is reported and kept: by difficulty, and by size where sizes are asked for. @throws BasinError as `evaluateSizes`, before anything else is computed, and `evaluate` */
export async function evaluateAll(model: Model, options: EvaluationOptions): Promise<Evaluation> {
  const sizes = options.sizes ? await evaluateSizes(model, { ...options, problems: Math.min(options.problems, MOST), sizes: options.sizes }) : undefined;
  return { results: await evaluate(model, options), ...(sizes ? { sizes } : {}) };
}
