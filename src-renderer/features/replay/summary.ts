import type { Entries } from './entries.ts';

/** What the page says about a buffer as a whole. */
export interface Summary {
  /** Entries of generation 1 and more. */
  readonly replayed: number;
  /** Iterations since the oldest entry was stored. */
  readonly oldestAge: number;
  readonly highestGeneration: number;
  /** Entries whose energy or error is NaN or infinite. */
  readonly nonFiniteEnergies: number;
  readonly nonFiniteErrors: number;
}

export function summarise({ count, columns: { generation, age, energy, error } }: Pick<Entries, 'count' | 'columns'>): Summary {
  let replayed = 0;
  let oldestAge = 0;
  let highestGeneration = 0;
  let nonFiniteEnergies = 0;
  let nonFiniteErrors = 0;
  for (let i = 0; i < count; i++) {
    if (generation[i]! > 0) replayed++;
    if (age[i]! > oldestAge) oldestAge = age[i]!;
    if (generation[i]! > highestGeneration) highestGeneration = generation[i]!;
    if (!Number.isFinite(energy[i])) nonFiniteEnergies++;
    if (!Number.isFinite(error[i])) nonFiniteErrors++;
  }
  return { replayed, oldestAge, highestGeneration, nonFiniteEnergies, nonFiniteErrors };
}
