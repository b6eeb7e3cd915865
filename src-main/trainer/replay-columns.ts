import type { ReplayRecord } from '../contract/replay.ts';

/**
 * What is known of many stored answers, a column each, in the order of their uids. Uids, parents and problems are
 * float64 because a long run stores more than 2³¹ answers; −1 stands for "no parent".
 */
export interface ReplayColumns {
  readonly uid: Float64Array;
  readonly parent: Float64Array;
  readonly problem: Float64Array;
  readonly generation: Int32Array;
  readonly born: Int32Array;
  readonly uses: Int32Array;
  readonly energy: Float32Array;
  readonly error: Float32Array;
  /** Length of each entry's visit (updates + 1): differs from row to row only where the number of steps is random. */
  readonly visitLength: Int32Array;
}

/** Names of the columns, in the order in which a checkpoint lists them. */
export const COLUMNS = ['uid', 'parent', 'problem', 'generation', 'born', 'uses', 'energy', 'error', 'visitLength'] as const satisfies readonly (keyof ReplayColumns)[];

/** Empty columns for `count` entries. */
export const makeColumns = (count: number): ReplayColumns => ({
  uid: new Float64Array(count),
  parent: new Float64Array(count),
  problem: new Float64Array(count),
  generation: new Int32Array(count),
  born: new Int32Array(count),
  uses: new Int32Array(count),
  energy: new Float32Array(count),
  error: new Float32Array(count),
  visitLength: new Int32Array(count),
});

/** One entry of the columns as the contract describes it. */
export function recordAt(columns: ReplayColumns, i: number): ReplayRecord {
  const parent = columns.parent[i]!;
  return {
    uid: columns.uid[i]!,
    parent: parent < 0 ? null : parent,
    problem: columns.problem[i]!,
    generation: columns.generation[i]!,
    born: columns.born[i]!,
    uses: columns.uses[i]!,
    energy: columns.energy[i]!,
    error: columns.error[i]!,
  };
}

/** Stored answers with their vectors, flat and row-major, oldest first. */
export interface ReplayEntries {
  readonly columns: ReplayColumns;
  /** [entries, widths.x] */
  readonly x: Float32Array;
  /** [entries, widths.y] */
  readonly answers: Float32Array;
  /** [entries, widths.y] */
  readonly targets: Float32Array;
  /** Energies along each visit [entries, visitWidth]; a row holds `visitLength` numbers, the rest is 0. */
  readonly visits: Float32Array;
  readonly visitWidth: number;
}

/** Everything a replay buffer is, as a checkpoint keeps it: restoring it gives the same draws and the same lineage. */
export interface ReplayState {
  /** Uid of the next entry. */
  readonly next: number;
  readonly living: ReplayEntries;
  /** Overwritten entries that have descendants among the living, oldest first; their vectors are gone. */
  readonly ancestors: { readonly columns: ReplayColumns; readonly visits: Float32Array; readonly visitWidth: number };
}
