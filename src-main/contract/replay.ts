/**
 * The replay buffer as it is stored and shown. An *entry* is one stored answer. A *visit* is one training iteration of
 * one row: a fresh problem's visit stores generation 0; restarting from a stored answer stores a child one generation on.
 */

/** What is known of a stored answer without its vectors. */
export interface ReplayRecord {
  /** Unique in its run and never used again. */
  readonly uid: number;
  /** The entry whose answer the visit restarted from; null for generation 0. */
  readonly parent: number | null;
  /** The uid of the generation-0 ancestor: entries that share it share x and target. */
  readonly problem: number;
  /** Visits before this one: 0 for an answer found from U(−1, 1). */
  readonly generation: number;
  /** Iteration that stored it. */
  readonly born: number;
  /** How often it was drawn so far. */
  readonly uses: number;
  /** Energy of the answer when it was stored; may be non-finite. */
  readonly energy: number;
  /** Mean squared error of the answer when it was stored; may be non-finite. */
  readonly error: number;
}

/** An entry that is in the buffer now. */
export interface ReplayEntry extends ReplayRecord {
  /** The problem [widths.x]. */
  readonly x: Float32Array;
  /** The stored answer [widths.y]. */
  readonly y: Float32Array;
  /** The exact answer [widths.y]. */
  readonly target: Float32Array;
  /** Energies along the visit that found y, before it and after each update [steps + 1]; empty without an energy. */
  readonly visit: Float32Array;
}

/** An entry that was overwritten but has descendants in the buffer; its problem is theirs. */
export interface ReplayAncestor extends ReplayRecord {
  readonly visit: Float32Array;
  /** Its answer, where that was kept. */
  readonly y?: Float32Array;
}

/** The whole buffer after one iteration. */
export interface ReplaySnapshot {
  readonly iteration: number;
  /** Every living entry. */
  readonly entries: readonly ReplayEntry[];
  /** Ancestors of living entries, as far back as they are known; an entry is never in both lists. */
  readonly ancestors: readonly ReplayAncestor[];
}
