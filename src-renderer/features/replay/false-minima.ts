import type { TrivialReference } from '../../../src-main/contract/api/shapes.ts';
import type { Entries } from './entries.ts';

/**
 * A false minimum: an answer that the model is content with although it is wrong. Low energy: at or below a percentile of the
 * buffer's energies. High error: above a percentile of its errors, or above a trivial answer's error.
 */
export interface Definition {
  /** Percentile of energy, 0 … 100. */
  readonly energyPercentile: number;
  /** Percentile of error, or the name of a trivial reference. */
  readonly error: { readonly kind: 'percentile'; readonly percentile: number } | { readonly kind: 'reference'; readonly name: string };
}

export const FIRST_DEFINITION: Definition = { energyPercentile: 50, error: { kind: 'percentile', percentile: 75 } };

/** A definition in numbers of one buffer; NaN where it has none (no finite energy, a reference that is gone). */
export interface Thresholds {
  readonly energy: number;
  readonly error: number;
}

/** Linear between the nearest ranks, over finite values; NaN where there are none. @param sorted ascending and finite */
export function percentile(sorted: Float64Array, percent: number): number {
  if (sorted.length === 0) return NaN;
  const at = (percent / 100) * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[Math.min(sorted.length - 1, below + 1)]!;
  return low + (high - low) * (at - below);
}

export const finiteSorted = (values: Float64Array): Float64Array => values.filter(Number.isFinite).sort();

/** @param references trivial answers' errors on problems of the training's difficulty */
export function thresholds({ columns: { energy, error } }: Pick<Entries, 'columns'>, definition: Definition, references: readonly TrivialReference[]): Thresholds {
  const byReference = definition.error.kind === 'reference' ? definition.error.name : undefined;
  return {
    energy: percentile(finiteSorted(energy), definition.energyPercentile),
    error: definition.error.kind === 'percentile' ? percentile(finiteSorted(error), definition.error.percentile) : (references.find(({ name, difficulty }) => name === byReference && difficulty === 'same')?.error ?? NaN),
  };
}

/** 1 for each entry that is a false minimum. An error of NaN or infinity is high; an energy of NaN is not low. */
export function markFalseMinima({ count, columns: { energy, error } }: Pick<Entries, 'count' | 'columns'>, limits: Thresholds): Uint8Array {
  const marks = new Uint8Array(count);
  if (Number.isNaN(limits.energy) || Number.isNaN(limits.error)) return marks;
  for (let i = 0; i < count; i++) if (energy[i]! <= limits.energy && (error[i]! > limits.error || Number.isNaN(error[i]))) marks[i] = 1;
  return marks;
}
