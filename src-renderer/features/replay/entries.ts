import type { ReplayColumns } from '../../../src-main/contract/api/replay.ts';

/** What a row can be sorted and filtered by. */
export type Column = 'uid' | 'problem' | 'generation' | 'newestGeneration' | 'age' | 'uses' | 'fall' | 'energy' | 'error' | 'energyNow' | 'energyChange';

/** A copy of a replay buffer as the page works with it: one array for each property; row i of all of them is one entry, in order of uid. */
export interface Entries {
  /** Iteration of the copy. */
  readonly iteration: number;
  readonly storedAt: number;
  readonly capacity: number;
  readonly count: number;
  /** `energyNow` and `energyChange` are NaN until the answers have been assessed. */
  readonly columns: Readonly<Record<Column, Float64Array>>;
  /** Whose weights `energyNow` belongs to; null: not assessed. */
  readonly assessedAt: number | null;
}

/** @returns null when the run has no copy of its buffer */
export function toEntries(copy: ReplayColumns): Entries | null {
  if (copy.iteration === null) return null;
  const { iteration, count } = copy;
  const { uid, problem, generation, newestGeneration, uses, energy, error } = copy;
  /** How far the visit's updates went down. */
  const fall = copy.energyBefore.map((before, i) => before - copy.energy[i]!);
  const age = copy.born.map((born) => iteration - born);
  const unknown = () => new Float64Array(count).fill(NaN);
  return {
    iteration,
    storedAt: copy.storedAt ?? NaN,
    capacity: copy.capacity,
    count,
    columns: { uid, problem, generation, newestGeneration, age, uses, fall, energy, error, energyNow: unknown(), energyChange: unknown() },
    assessedAt: null,
  };
}

/** Row of an entry by its uid, or −1: uids are in order. */
export function rowOf({ columns: { uid } }: Pick<Entries, 'columns'>, wanted: number): number {
  let low = 0;
  let high = uid.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (uid[middle] === wanted) return middle;
    if (uid[middle]! < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/**
 * The entries with their answers' energies under a checkpoint's weights. Both are in order of uid, but may stem from two copies of
 * a live run's buffer: an entry that was not assessed keeps NaN. `energyChange` is the energy now minus the energy when stored.
 */
export function withAssessment(entries: Entries, assessed: { readonly iteration: number; readonly uid: Float64Array; readonly energy: Float64Array }): Entries {
  const energyNow = new Float64Array(entries.count).fill(NaN);
  const energyChange = new Float64Array(entries.count).fill(NaN);
  for (let i = 0, j = 0; i < entries.count; i++) {
    const uid = entries.columns.uid[i]!;
    while (j < assessed.uid.length && assessed.uid[j]! < uid) j++;
    if (assessed.uid[j] !== uid) continue;
    energyNow[i] = assessed.energy[j]!;
    energyChange[i] = assessed.energy[j]! - entries.columns.energy[i]!;
  }
  return { ...entries, columns: { ...entries.columns, energyNow, energyChange }, assessedAt: assessed.iteration };
}
