import type { Difficulty } from '../tasks/types.ts';

/** Update counts of the release's tests (METHOD: 80 steps, errors after 10, 20, 40 and 80). */
export const DEFAULT_STEPS = [10, 20, 40, 80] as const;
/** Problems in the release's tests. */
export const DEFAULT_PROBLEMS = 5632;
/** The model's answers after `updates` updates; E and error belong to the same answer. */
export interface StepResult {
  readonly updates: number;
  /** Mean squared error over problems and components. */
  readonly error: number;
  /** Mean energy; absent for methods without one. */
  readonly energy?: number;
}

/** A trivial answer's mean squared error on the same problems. */
export interface ReferenceResult {
  readonly name: string;
  readonly label: string;
  readonly error: number;
  /** Whether the model's error after the last of the update counts is lower. */
  readonly beaten: boolean;
}

/** One difficulty. */
export interface EvaluationResult {
  readonly difficulty: Difficulty;
  readonly problems: number;
  readonly steps: readonly StepResult[];
  /** Each problem's answer where its energy was lowest: mean error, and mean number of updates there. */
  readonly lowestEnergy?: { readonly error: number; readonly updates: number };
  readonly references: readonly ReferenceResult[];
}
