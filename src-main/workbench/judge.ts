import { DEFAULT_PLATEAU, type PlateauRule } from '../contract/evaluation.ts';
import type { Problems, Reference } from '../tasks/types.ts';
import type { Solution } from '../trainer/evaluation.ts';
import type { EvaluationOptions, Judgement } from './evaluation-result.ts';
import { plateauOf } from './plateau.ts';
import { distributionOf } from './statistics.ts';

/** Every problem has an exact answer, so every walk has errors. */
export type JudgedWalk = Solution & { readonly errors: Float32Array };

/**
 * What is said of walks from random first answers: errors after `steps` updates with their spread, where the energy is lowest,
 * where it no longer falls, where the method halts, and the trivial answers' errors on the same problems.
 *
 * @param walk of all `problems`, with at least as many updates as the last of `steps`
 */
export function judge(walk: JudgedWalk, problems: Problems, { steps, plateau = DEFAULT_PLATEAU }: Pick<EvaluationOptions, 'steps' | 'plateau'>, references: readonly Reference[]): Judgement {
  const { rows } = problems;
  const hasEnergy = walk.energies.length > 0;
  const results = steps.map((updates) => {
    const { mean, low, high, quantiles } = distributionOf(walk.errors.subarray(updates * rows, (updates + 1) * rows));
    return { updates, error: mean, low, high, quantiles, ...(hasEnergy ? { energy: rowMean(walk.energies, updates, rows) } : {}) };
  });
  const last = results.at(-1)!.error;
  return {
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
