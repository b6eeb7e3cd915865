import { BasinError } from '../contract/errors.ts';
import { createRng } from '../tasks/rng.ts';
import type { Difficulty, Problems, Reference } from '../tasks/types.ts';
import { solve, type Solution } from '../trainer/evaluation.ts';
import type { EvaluationResult } from './evaluation-result.ts';
import type { Model } from './model.ts';

/** Every run is tested on the same problems, whatever its own seed, so that runs can be compared. */
const PROBLEM_SEED = 0;

/**
 * Tests a model on fresh problems, from random first answers, beside the task's trivial answers.
 *
 * @param steps update counts, ascending
 * @param problems how many; fewer where the task has not so many
 * @param harder problems beyond the training distribution as well
 * @throws BasinError `evaluate.harder` for a task without harder problems
 */
export async function evaluate(model: Model, { steps, problems, harder }: { steps: readonly number[]; problems: number; harder: boolean }): Promise<EvaluationResult[]> {
  const { task, engine, config, stepSize } = model;
  if (harder && !task.hasHarder) throw new BasinError('evaluate.harder', `Task ${task.name} has no harder problems: leave out --harder`);
  // A problem counted twice would look like more evidence than there is.
  const count = Math.min(problems, task.testProblems ?? Infinity);
  const references = task.references(PROBLEM_SEED);
  const results: EvaluationResult[] = [];
  for (const difficulty of harder ? (['same', 'harder'] as const) : (['same'] as const)) {
    const drawn = task.sample(createRng(PROBLEM_SEED, `evaluation ${difficulty}`), count, difficulty, 'test');
    const y0 = createRng(PROBLEM_SEED, `evaluation ${difficulty} answers`).fillUniform(new Float32Array(drawn.y.length), -1, 1);
    const walk = await solve(engine, config, task.widths, { rows: drawn.rows, x: drawn.x, y0, target: drawn.y }, { steps: Math.max(...steps), stepSize });
    results.push(summarise({ ...walk, errors: walk.errors! }, drawn, difficulty, steps, references));
  }
  return results;
}

/** Every problem has an exact answer, so every walk has errors. */
type JudgedWalk = Solution & { readonly errors: Float32Array };

function summarise(walk: JudgedWalk, problems: Problems, difficulty: Difficulty, steps: readonly number[], references: readonly Reference[]): EvaluationResult {
  const { rows } = problems;
  const hasEnergy = walk.energies.length > 0;
  const results = steps.map((updates) => ({ updates, error: rowMean(walk.errors, updates, rows), ...(hasEnergy ? { energy: rowMean(walk.energies, updates, rows) } : {}) }));
  const last = results.at(-1)!.error;
  return {
    difficulty,
    problems: rows,
    steps: results,
    ...(hasEnergy ? { lowestEnergy: atLowestEnergy(walk, rows) } : {}),
    references: references.map((reference) => {
      const error = meanSquaredError(reference.predict(problems.x, rows), problems.y);
      return { name: reference.name, label: reference.label, error, beaten: last < error };
    }),
  };
}

/** Mean over rows of values [levels, rows] at one level. */
function rowMean(values: Float32Array, level: number, rows: number): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += values[level * rows + row]!;
  return sum / rows;
}

/** A walk that leaves the finite numbers is judged where its energy was lowest while finite. */
function atLowestEnergy({ energies, errors }: JudgedWalk, rows: number): { error: number; updates: number } {
  let error = 0;
  let updates = 0;
  for (let row = 0; row < rows; row++) {
    let best = 0;
    for (let at = row; at < energies.length; at += rows) if (energies[at]! < energies[best * rows + row]!) best = (at - row) / rows;
    error += errors[best * rows + row]!;
    updates += best;
  }
  return { error: error / rows, updates: updates / rows };
}

function meanSquaredError(ours: Float32Array, exact: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < exact.length; i++) sum += (ours[i]! - exact[i]!) ** 2;
  return sum / exact.length;
}
