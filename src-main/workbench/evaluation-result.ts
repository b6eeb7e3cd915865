import type { PlateauRule } from '../contract/evaluation.ts';
import type { Difficulty } from '../tasks/types.ts';
import type { Distribution } from './statistics.ts';

/** What is tested. */
export interface EvaluationOptions {
  /** Update counts, ascending. */
  readonly steps: readonly number[];
  /** How many problems; fewer where the task has not so many. */
  readonly problems: number;
  /** Problems beyond the training distribution as well. */
  readonly harder: boolean;
  /** DEFAULT_PLATEAU unless given. */
  readonly plateau?: PlateauRule;
  /** Graphs: numbers of nodes to be tested at besides. */
  readonly sizes?: readonly number[];
  /** Whether results have every problem's own error: too much to be kept, enough to draw how they are spread. */
  readonly eachError?: boolean;
}

/** The model's answers after `updates` updates; E and error belong to the same answer. */
export interface StepResult {
  readonly updates: number;
  /** Mean squared error over problems and components. */
  readonly error: number;
  /** Of the problems' own mean squared errors. */
  readonly low: number;
  readonly high: number;
  readonly quantiles: Distribution['quantiles'];
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

/** How a model did on one set of problems. */
export interface Judgement {
  readonly problems: number;
  readonly steps: readonly StepResult[];
  /** Each problem's answer where its energy was lowest: mean error, and mean number of updates there. */
  readonly lowestEnergy?: { readonly error: number; readonly updates: number };
  /** Each problem's answer where its energy no longer fell: mean error, mean number of updates made, and the share of problems that stopped before the last update. */
  readonly plateau?: PlateauRule & { readonly error: number; readonly updates: number; readonly stopped: number };
  /** A method that halts: mean error at the first step by which halting is more likely than not, mean number of that step, and the expected one. */
  readonly halting?: { readonly error: number; readonly updates: number; readonly expected: number };
  readonly references: readonly ReferenceResult[];
}

/** One difficulty. */
export interface EvaluationResult extends Judgement {
  readonly difficulty: Difficulty;
  /** Each problem's mean squared error after the last of the update counts [problems]; only with `eachError`. */
  readonly errors?: Float32Array;
}

/** Graphs of one size. */
export interface SizeResult extends Judgement {
  /** Nodes of each graph. */
  readonly nodes: number;
}

/** Everything that one evaluation found. */
export interface Evaluation {
  readonly results: readonly EvaluationResult[];
  /** By size, ascending; only where sizes were asked for. */
  readonly sizes?: readonly SizeResult[];
}
