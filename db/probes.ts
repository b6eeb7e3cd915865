import { BasinError } from '../src-main/contract/errors.ts';
import type { ProbeResult } from '../src-main/contract/events.ts';
import { toBlob, toFloat32, toFloat64 } from './blobs.ts';
import type { ReadStore, WriteStore } from './store.ts';

/** A probe without its arrays. */
export interface ProbeSummary {
  readonly iteration: number;
  readonly difficulty: ProbeResult['difficulty'];
  /** Updates of each answer. */
  readonly steps: number;
  readonly problems: number;
  /** Problems whose answers are kept at every step. */
  readonly answersKept: number;
  /** Means over the problems after each number of updates [steps + 1]; energies are empty where there is no energy. */
  readonly meanEnergies: Float64Array;
  readonly meanErrors: Float64Array;
}

/**
 * Records a probe; one of the same iteration and difficulty is replaced.
 *
 * @throws BasinError `probe.shape` (a bug) for arrays that are not [steps + 1, problems]; `run.unknown`, `store.*`.
 */
export function writeProbe(store: WriteStore, run: number, probe: ProbeResult): void {
  const { iteration, difficulty, steps, problems, answersKept, energies, errors, gradientNorms, answers } = probe;
  checkShapes(probe);
  store.write(
    `INSERT OR REPLACE INTO probes (run, iteration, difficulty, steps, problems, answers_kept, mean_energies, mean_errors, energies, errors, gradient_norms, answers)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    run, iteration, difficulty, steps, problems, answersKept, toBlob(means(energies, problems)), toBlob(means(errors, problems)),
    toBlob(energies), toBlob(errors), toBlob(gradientNorms), toBlob(answers),
  );
}

function checkShapes({ iteration, steps, problems, answersKept, energies, errors, gradientNorms, answers }: ProbeResult): void {
  const size = (steps + 1) * problems;
  const refuse = (name: string, length: number, allowed: string): never => {
    throw new BasinError('probe.shape', `The probe of iteration ${iteration} has ${length} ${name}; with ${steps} steps and ${problems} problems it must have ${allowed}.`, { kind: 'bug', details: { iteration, name, length } });
  };
  if (errors.length !== size) refuse('errors', errors.length, String(size));
  for (const [name, { length }] of Object.entries({ energies, gradientNorms })) if (length !== size && length !== 0) refuse(name, length, `${size}, or none`);
  const rows = (steps + 1) * answersKept;
  if (rows === 0 ? answers.length > 0 : answers.length % rows > 0) refuse('numbers in answers', answers.length, `a multiple of ${rows} (${answersKept} kept)`);
}

/** Mean of each row of [rows, columns], in float64. */
function means(numbers: Float32Array, columns: number): Float64Array {
  const rows = new Float64Array(numbers.length / columns);
  return rows.map((_, row) => numbers.subarray(row * columns, (row + 1) * columns).reduce((sum, value) => sum + value, 0) / columns);
}

/** In order of iteration; `harder` before `same`. */
export function listProbes(store: ReadStore, run: number): ProbeSummary[] {
  return store
    .all<Omit<ProbeSummary, 'meanEnergies' | 'meanErrors'> & { meanEnergies: Uint8Array; meanErrors: Uint8Array }>(
      `SELECT iteration, difficulty, steps, problems, answers_kept AS answersKept, mean_energies AS meanEnergies, mean_errors AS meanErrors
       FROM probes WHERE run = ? ORDER BY iteration, difficulty`,
      run,
    )
    .map((row) => ({ ...row, meanEnergies: toFloat64(row.meanEnergies), meanErrors: toFloat64(row.meanErrors) }));
}

export function readProbe(store: ReadStore, run: number, iteration: number, difficulty: ProbeResult['difficulty']): ProbeResult | undefined {
  const row = store.first<Pick<ProbeResult, 'steps' | 'problems' | 'answersKept'> & { energies: Uint8Array; errors: Uint8Array; gradientNorms: Uint8Array; answers: Uint8Array }>(
    `SELECT steps, problems, answers_kept AS answersKept, energies, errors, gradient_norms AS gradientNorms, answers
     FROM probes WHERE run = ? AND iteration = ? AND difficulty = ?`,
    run, iteration, difficulty,
  );
  return row && { ...row, iteration, difficulty, energies: toFloat32(row.energies), errors: toFloat32(row.errors), gradientNorms: toFloat32(row.gradientNorms), answers: toFloat32(row.answers) };
}

/** The newest probe of a difficulty; undefined when there is none. */
export function readNewestProbe(store: ReadStore, run: number, difficulty: ProbeResult['difficulty']): ProbeResult | undefined {
  const newest = store.first<{ iteration: number }>('SELECT iteration FROM probes WHERE run = ? AND difficulty = ? ORDER BY iteration DESC LIMIT 1', run, difficulty);
  return newest && readProbe(store, run, newest.iteration, difficulty);
}

/** Iterations that have a probe of a difficulty, in order. */
export const probeIterations = (store: ReadStore, run: number, difficulty: ProbeResult['difficulty']): number[] =>
  store.all<{ iteration: number }>('SELECT iteration FROM probes WHERE run = ? AND difficulty = ? ORDER BY iteration', run, difficulty).map(({ iteration }) => iteration);
