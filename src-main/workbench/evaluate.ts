import { BasinError } from '../contract/errors.ts';
import { createRng } from '../tasks/rng.ts';
import { solve } from '../trainer/evaluation.ts';
import type { EvaluationOptions, EvaluationResult } from './evaluation-result.ts';
import { judge } from './judge.ts';
import type { Model } from './model.ts';

/** Every run is tested on the same problems, whatever its own seed, so that runs can be compared. */
export const PROBLEM_SEED = 0;

/**
 * Tests a model on fresh problems, from random first answers, beside the task's trivial answers.
 *
 * @throws BasinError `evaluate.harder` for a task without harder problems
 */
export async function evaluate(model: Model, options: EvaluationOptions): Promise<EvaluationResult[]> {
  const { task, engine, config, stepSize } = model;
  const { steps, problems, harder } = options;
  if (harder && !task.hasHarder) throw new BasinError('evaluate.harder', `Task ${task.name} has no harder problems: leave out --harder`);
  // A problem counted twice would look like more evidence than there is.
  const count = Math.min(problems, task.testProblems ?? Infinity);
  const references = task.references(PROBLEM_SEED);
  const results: EvaluationResult[] = [];
  for (const difficulty of harder ? (['same', 'harder'] as const) : (['same'] as const)) {
    const drawn = task.sample(createRng(PROBLEM_SEED, `evaluation ${difficulty}`), count, difficulty, 'test');
    const y0 = createRng(PROBLEM_SEED, `evaluation ${difficulty} answers`).fillUniform(new Float32Array(drawn.y.length), -1, 1);
    const walk = await solve(engine, config, task.shapesOf(difficulty).widths, { rows: drawn.rows, x: drawn.x, y0, target: drawn.y }, { steps: Math.max(...steps), stepSize });
    results.push({ difficulty, ...judge({ ...walk, errors: walk.errors! }, drawn, options, references), ...(options.eachError ? { errors: walk.errors!.slice(Math.max(...steps) * drawn.rows) } : {}) });
  }
  return results;
}
