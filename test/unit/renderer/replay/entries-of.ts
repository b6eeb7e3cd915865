import { toEntries, type Entries } from '../../../../src-renderer/features/replay/entries.ts';

/** Rows for tests: what is left out is 0. */
export interface Row {
  readonly uid: number;
  readonly problem?: number;
  readonly generation?: number;
  readonly born?: number;
  readonly uses?: number;
  readonly before?: number;
  readonly energy?: number;
  readonly error?: number;
}

/** A copy of a buffer after `iteration` that holds these rows, in order of uid. */
export function entriesOf(rows: readonly Row[], iteration = 100): Entries {
  const column = (value: (row: Row) => number | undefined) => Float64Array.from(rows, (row) => value(row) ?? 0);
  return toEntries({
    iteration,
    storedAt: 1000,
    capacity: 50,
    count: rows.length,
    uid: column((row) => row.uid),
    parent: column(() => -1),
    problem: column((row) => row.problem ?? row.uid),
    generation: column((row) => row.generation),
    newestGeneration: column((row) => row.generation),
    born: column((row) => row.born),
    uses: column((row) => row.uses),
    energyBefore: column((row) => row.before),
    energy: column((row) => row.energy),
    error: column((row) => row.error),
  })!;
}
