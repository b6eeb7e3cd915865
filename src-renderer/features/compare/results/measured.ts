import type { Output } from '../../../../src-main/contract/api/index.ts';
import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import type { NewestProbe } from '../../../../src-main/contract/api/series.ts';
import { DEFAULT_PROBLEMS } from '../../../../src-main/contract/evaluation.ts';
import { taskHasHarder } from '../../../../src-main/contract/tasks.ts';
import { COLUMNS, UPDATES } from './columns.ts';

export type Evaluation = Output<'runs.evaluate'>;

/** Problems of an evaluation, as in the release's tests. */
export const PROBLEMS = DEFAULT_PROBLEMS;

/** Whether a kept evaluation has what the table shows: one from a terminal may have been asked for less. */
export const fits = ({ checkpoint, problems, steps, harder }: Output<'runs.evaluations'>['evaluations'][number]['options'], task: string): boolean =>
  checkpoint === 'last' && problems === PROBLEMS && UPDATES.every((updates) => steps.includes(updates)) && harder === taskHasHarder(task);

export interface Reference {
  readonly difficulty: 'same' | 'harder';
  readonly name: string;
  readonly label: string;
  readonly error: number;
}

/** What is known of one run's errors, and where it comes from. */
export interface Measured {
  readonly run: RunSummary;
  readonly source: 'probe' | 'evaluation';
  readonly iteration: number;
  /** Problems of each difficulty that it was measured on. */
  readonly problems: number;
  /** By the keys of columns; absent where it was not measured. NaN stays NaN. */
  readonly errors: ReadonlyMap<string, number>;
  /** Trivial answers on the same problems. */
  readonly references: readonly Reference[];
}

/** From the newest probes; undefined when there is none yet. */
export function fromProbes(run: RunSummary, probes: readonly NewestProbe[]): Measured | undefined {
  const own = probes.filter((probe) => probe.run === run.id);
  if (own.length === 0) return undefined;
  const errors = new Map<string, number>();
  for (const { key, difficulty, at } of COLUMNS) {
    const probe = own.find((candidate) => candidate.difficulty === difficulty);
    if (!probe) continue;
    const error = at === 'lowest' ? probe.lowestEnergy?.error : at <= probe.steps ? probe.meanErrors[at] : undefined;
    if (error !== undefined) errors.set(key, error);
  }
  return { run, source: 'probe', iteration: Math.max(...own.map(({ iteration }) => iteration)), problems: own[0]!.problems, errors, references: run.references };
}

export function fromEvaluation(run: RunSummary, { iteration, results }: Evaluation): Measured {
  const errors = new Map<string, number>();
  for (const { difficulty, steps, lowestEnergy } of results) {
    for (const { updates, error } of steps) if (UPDATES.some((known) => known === updates)) errors.set(`${difficulty}/${updates}`, error);
    if (lowestEnergy) errors.set(`${difficulty}/lowest`, lowestEnergy.error);
  }
  return { run, source: 'evaluation', iteration, problems: results[0]?.problems ?? 0, errors, references: results.flatMap(({ difficulty, references }) => references.map(({ name, label, error }) => ({ difficulty, name, label, error }))) };
}
