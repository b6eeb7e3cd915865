import { BasinError } from '../contract/errors.ts';
import { methodFor } from '../methods/index.ts';
import { createRng } from '../tasks/rng.ts';
import type { Problems } from '../tasks/types.ts';
import { solve } from '../trainer/evaluation.ts';
import { difficultiesOf } from '../trainer/probes.ts';
import type { Model } from './model.ts';
import { distributionOf, spearman, type Distribution } from './statistics.ts';

/** Every run is looked at on the same problems; other streams than an evaluation's. */
const PROBLEM_SEED = 0;
/** Points on a line from noise to the exact answer, both ends included. */
export const LINE_POINTS = 21;

/** Energies and errors of the same answers, and how well one orders the other (the paper's figure 5). */
export interface EnergyError {
  readonly difficulty: 'same' | 'harder';
  /** Answers along the descent, or on straight lines y⁰ + s (y* − y⁰), s = 0 … 1. */
  readonly along: 'descent' | 'line';
  readonly problems: number;
  /** [points of a problem, problems] */
  readonly energies: Float32Array;
  /** Mean squared errors [points of a problem, problems] */
  readonly errors: Float32Array;
  /** Spearman's rank correlation over all points together. */
  readonly overall: number;
  /** Of each problem's own correlation. */
  readonly perProblem: Pick<Distribution, 'mean' | 'quantiles'>;
}

/**
 * Energy against error on fresh problems.
 *
 * @param steps updates of the descent
 * @throws BasinError `energy.none` for a method without an energy
 */
export async function energyError({ config, engine, task, stepSize }: Model, { problems, steps }: { readonly problems: number; readonly steps: number }): Promise<EnergyError[]> {
  if (!methodFor(config.method).hasEnergy) throw new BasinError('energy.none', `Method ${config.method} has no energy to compare with the error`);
  const found: EnergyError[] = [];
  for (const difficulty of difficultiesOf(task)) {
    const drawn = task.sample(createRng(PROBLEM_SEED, `energy ${difficulty}`), Math.min(problems, task.testProblems ?? Infinity), difficulty, 'test');
    const y0 = createRng(PROBLEM_SEED, `energy ${difficulty} answers`).fillUniform(new Float32Array(drawn.y.length), -1, 1);
    const descent = await solve(engine, config, task.shapesOf(difficulty).widths, { rows: drawn.rows, x: drawn.x, y0, target: drawn.y }, { steps, stepSize });
    const line = onLines(drawn, y0);
    const seen = await solve(engine, config, task.shapesOf(difficulty).widths, line, { steps: 0, stepSize });
    const judge = (along: EnergyError['along'], energies: Float32Array, errors: Float32Array): EnergyError => ({ difficulty, along, problems: drawn.rows, energies, errors, ...correlations(energies, errors, drawn.rows) });
    found.push(judge('descent', descent.energies, descent.errors!), judge('line', seen.energies, seen.errors!));
  }
  return found;
}

/** Answers on the lines from y⁰ to the exact answers, point by point [LINE_POINTS · rows]. */
function onLines({ rows, x, y }: Problems, y0: Float32Array) {
  const repeat = (values: Float32Array, map: (value: number, i: number, point: number) => number) => {
    const out = new Float32Array(LINE_POINTS * values.length);
    for (let point = 0; point < LINE_POINTS; point++) for (let i = 0; i < values.length; i++) out[point * values.length + i] = map(values[i]!, i, point);
    return out;
  };
  const same = (value: number) => value;
  return { rows: LINE_POINTS * rows, x: repeat(x, same), target: repeat(y, same), y0: repeat(y0, (value, i, point) => value + (point / (LINE_POINTS - 1)) * (y[i]! - value)) };
}

function correlations(energies: Float32Array, errors: Float32Array, problems: number): Pick<EnergyError, 'overall' | 'perProblem'> {
  const each = new Float64Array(problems);
  const column = (values: Float32Array, problem: number) => values.filter((_, i) => i % problems === problem);
  for (let problem = 0; problem < problems; problem++) each[problem] = spearman(column(energies, problem), column(errors, problem));
  const known = each.filter((value) => !Number.isNaN(value));
  const { mean, quantiles } = distributionOf(known.length > 0 ? known : Float64Array.of(NaN));
  return { overall: spearman(energies, errors), perProblem: { mean, quantiles } };
}

/**
 * At most `most` of the points [points, problems], evenly spread over both. `index` says which: point · problems + problem, exact in
 * float32 up to 2²⁴ points.
 */
export function thinned({ energies, errors }: Pick<EnergyError, 'energies' | 'errors'>, most: number): { energy: Float32Array; error: Float32Array; index: Float32Array } {
  const every = Math.max(1, energies.length / most);
  const index = Float32Array.from({ length: Math.floor(energies.length / every) }, (_, i) => Math.floor(i * every));
  return { energy: index.map((at) => energies[at]!), error: index.map((at) => errors[at]!), index };
}
