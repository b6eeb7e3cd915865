import { BasinError } from '../contract/errors.ts';
import { createRng } from '../tasks/rng.ts';
import type { Difficulty, Problems, Reference } from '../tasks/types.ts';
import { solve, type Solution } from '../trainer/evaluation.ts';
import type { EvaluationOptions, EvaluationResult } from './evaluation-result.ts';
import type { Model } from './model.ts';
import { DEFAULT_PLATEAU, plateauOf, type PlateauRule } from './plateau.ts';
import { distributionOf } from './statistics.ts';

/** Every run is tested on the same problems, whatever its own seed, so that runs can be compared. */
const PROBLEM_SEED = 0;

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
    results.push(summarise({ ...walk, errors: walk.errors! }, drawn, difficulty, options, references));
  }
  return results;
}

/** Every problem has an exact answer, so every walk has errors. */
type JudgedWalk = Solution & { readonly errors: Float32Array };

function summarise(walk: JudgedWalk, problems: Problems, difficulty: Difficulty, { steps, plateau = DEFAULT_PLATEAU }: EvaluationOptions, references: readonly Reference[]): EvaluationResult {
  const { rows } = problems;
  const hasEnergy = walk.energies.length > 0;
  const results = steps.map((updates) => {
    const { mean, low, high, quantiles } = distributionOf(walk.errors.subarray(updates * rows, (updates + 1) * rows));
    return { updates, error: mean, low, high, quantiles, ...(hasEnergy ? { energy: rowMean(walk.energies, updates, rows) } : {}) };
  });
  const last = results.at(-1)!.error;
  return {
    difficulty,
    problems: rows,
    steps: results,
    ...(hasEnergy ? { lowestEnergy: atLowestEnergy(walk, rows), plateau: { ...plateau, ...atPlateau(walk, rows, plateau) } } : {}),
    ...(walk.halting.length > 0 ? { halting: atHalting(walk.errors, walk.halting, rows) } : {}),
    references: references.map((reference) => {
      const error = meanSquaredError(reference.predict(problems.x, rows), problems.y);
      return { name: reference.name, label: reference.label, error, beaten: last < error };
    }),
  };
}

/** Mean over problems of where each walk's energy no longer falls. */
function atPlateau({ energies, errors }: JudgedWalk, rows: number, rule: PlateauRule): { error: number; updates: number; stopped: number } {
  const last = energies.length / rows - 1;
  let error = 0;
  let updates = 0;
  let stopped = 0;
  for (let row = 0; row < rows; row++) {
    const stop = plateauOf((k) => energies[k * rows + row]!, last, rule);
    error += errors[stop.answer * rows + row]!;
    updates += stop.steps;
    stopped += stop.stopped ? 1 : 0;
  }
  return { error: error / rows, updates: updates / rows, stopped: stopped / rows };
}

/** Each problem halts at the first step by which its probability of having halted is at least one half: no dice, so that it can be repeated. */
function atHalting(errors: Float32Array, halting: Float32Array, rows: number): { error: number; updates: number; expected: number } {
  const steps = halting.length / rows;
  let error = 0;
  let updates = 0;
  let expected = 0;
  for (let row = 0; row < rows; row++) {
    let n = 1;
    for (let halted = halting[row]!; halted < 0.5 && n < steps; n++) halted += halting[n * rows + row]!;
    error += errors[n * rows + row]!;
    updates += n;
    for (let k = 1; k <= steps; k++) expected += k * halting[(k - 1) * rows + row]!;
  }
  return { error: error / rows, updates: updates / rows, expected: expected / rows };
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
