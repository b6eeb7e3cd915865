import type { Distribution } from './statistics.ts';

/** What is summed, and how. */
export interface NestedOptions {
  /** Matrices that are summed, 2 … 100: one composition fewer. */
  readonly matrices: number;
  /** Updates of the answer in each composition, 0 … 1,000. */
  readonly steps: number;
  /** 1 … 100,000 */
  readonly problems: number;
  /** Decides matrices and first answers: every run is tested on the same ones. A whole number from 0 to 2³¹ − 1. */
  readonly seed: number;
}

/** The paper sums up to ten matrices; as many updates as the release takes where it tests at one count. */
export const NESTED_DEFAULTS: NestedOptions = { matrices: 10, steps: 40, problems: 1024, seed: 0 };

/** The running sum after so many compositions; 0 is the first matrix itself. */
export interface NestedPoint extends Distribution {
  readonly compositions: number;
  /** Mean squared error over problems and entries; `low` and `high` are the 95 % interval of this mean over problems. */
  readonly mean: number;
}

/** Errors by number of compositions. */
export interface NestedResult extends NestedOptions {
  readonly points: readonly NestedPoint[];
  /** Trivial answers: mean squared error after 0, 1, … compositions, [matrices]. */
  readonly references: readonly { readonly name: string; readonly label: string; readonly errors: readonly number[] }[];
}
