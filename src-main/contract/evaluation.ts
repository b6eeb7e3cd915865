/*
 * How a model is tested unless told: the same on a page, in a terminal and for the paper's tables, so that one evaluation serves all.
 */

/** Update counts of the release's tests (80 steps, errors after 10, 20, 40 and 80). */
export const DEFAULT_STEPS = [10, 20, 40, 80] as const;
/** Problems in the release's tests. */
export const DEFAULT_PROBLEMS = 5632;

/** When a walk is over: the energy no longer falls (the stop rule that the paper proposes). */
export interface PlateauRule {
  /** A fall counts when it is more than this share of the whole fall so far. Offsets and units of the energy do not matter. */
  readonly tolerance: number;
  /** Updates in a row without a fall that counts, after which the walk stops. */
  readonly patience: number;
}

export const DEFAULT_PLATEAU: PlateauRule = { tolerance: 0.001, patience: 3 };

/** What is usual is not kept as a wish of its own: whoever asks for the same finds it. */
export const plateauIfOther = (rule: PlateauRule): { readonly plateau?: PlateauRule } => (rule.tolerance === DEFAULT_PLATEAU.tolerance && rule.patience === DEFAULT_PLATEAU.patience ? {} : { plateau: rule });
