import type { PlateauRule } from '../contract/evaluation.ts';

/** Where a walk stopped. */
export interface Stop {
  /** Updates that were made. */
  readonly steps: number;
  /** The update whose answer is taken: that of the lowest energy until then. */
  readonly answer: number;
  /** False where the walk ended first. */
  readonly stopped: boolean;
}

/**
 * Applies the rule to one walk.
 *
 * @param energyAt energy after k updates, k = 0 … last; an energy that is not finite does not fall
 */
export function plateauOf(energyAt: (k: number) => number, last: number, { tolerance, patience }: PlateauRule): Stop {
  const first = energyAt(0);
  let lowest = first;
  let answer = 0;
  /** The energy of the last fall that counted, and the updates since. */
  let level = first;
  let since = 0;
  for (let k = 1; k <= last; k++) {
    const energy = energyAt(k);
    if (energy < lowest) {
      lowest = energy;
      answer = k;
    }
    if (energy < level - tolerance * (first - level)) {
      level = energy;
      since = 0;
    } else if (++since >= patience) return { steps: k, answer, stopped: true };
  }
  return { steps: last, answer, stopped: false };
}
