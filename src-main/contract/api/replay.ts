import { z } from '../zod.ts';
import { anyNumber, checkpointChoice, difficulty, float32s, float64s, iteration, runId } from './shapes.ts';

const uid = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** What is known of a stored answer without its vectors (contract/replay.ts). */
const record = { uid, parent: uid.nullable(), problem: uid, generation: z.number(), born: iteration, uses: z.number(), energy: anyNumber, error: anyNumber };

/** The living entries of a run's stored buffer, one array for each property, in order of uid. */
export const replayColumns = z.strictObject({
  /** Iteration of the copy; null when none was stored. */
  iteration: iteration.nullable(),
  storedAt: z.number().nullable(),
  capacity: z.number(),
  count: z.number(),
  uid: float64s,
  /** −1 where there is none (generation 0). */
  parent: float64s,
  problem: float64s,
  generation: float64s,
  /** Highest generation that the entry's problem has reached in the buffer: the generation now, beside that when stored. */
  newestGeneration: float64s,
  born: float64s,
  uses: float64s,
  /** Energy of the answer that the entry's visit started from: what the visit's updates began with; NaN without an energy. */
  energyBefore: float64s,
  energy: float64s,
  error: float64s,
});
export type ReplayColumns = z.infer<typeof replayColumns>;

/** Vectors of entries, row-major in the order asked for; uids that are no longer there are left out. */
export const replayVectors = z.strictObject({ uids: z.array(uid), x: float32s, y: float32s, target: float32s });

/** One visit of a problem's chain: energies before and after each of its updates, its answer where that is known. */
export const lineageVisit = z.strictObject({ ...record, living: z.boolean(), visit: float32s, y: float32s.nullable() });
export type LineageVisit = z.infer<typeof lineageVisit>;

/** A walk of one problem; index k is after k updates. */
export const walk = z.strictObject({
  steps: z.number(),
  stepSize: anyNumber,
  /** Iterations of training that the weights had seen. */
  iteration,
  /** [steps + 1]; empty where the method has no energy. */
  energies: float32s,
  gradientNorms: float32s,
  /** [steps + 1] against the exact answer. */
  errors: float32s,
  /** [steps + 1, widths.y] */
  answers: float32s,
  /** The problem and its exact answer, so that the walk can be drawn by itself. */
  x: float32s,
  target: float32s,
  /** Time that the walk itself took, ms. */
  ms: z.number(),
});
export type Walk = z.infer<typeof walk>;

/** Where a walk starts: a stored answer, the same problem from fresh noise, or a fresh problem from fresh noise. */
export const walkStart = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('entry'), uid }),
  z.strictObject({ kind: z.literal('entry-noise'), uid, seed: z.number().int().min(0).max(2 ** 31 - 1) }),
  z.strictObject({ kind: z.literal('fresh'), difficulty, seed: z.number().int().min(0).max(2 ** 31 - 1) }),
]);

export const replayRequests = {
  'replay.columns': { input: z.strictObject({ run: runId }), output: replayColumns },
  'replay.vectors': { input: z.strictObject({ run: runId, uids: z.array(uid).min(1).max(1000) }), output: replayVectors },
  /** A problem's visits that led to an entry, oldest first; empty when there is no such entry. */
  'replay.lineage': { input: z.strictObject({ run: runId, uid }), output: z.strictObject({ visits: z.array(lineageVisit) }) },
  /** Has a live run store a copy of its buffer now. */
  'replay.refresh': { input: z.strictObject({ run: runId }), output: z.strictObject({ iteration }) },
  /** Energies of the stored answers under a checkpoint's weights, in order of uid; NaN stays NaN. */
  'replay.assess': { input: z.strictObject({ run: runId, checkpoint: checkpointChoice }), output: z.strictObject({ iteration, uid: float64s, energy: float64s }) },
  /** Reasons about one problem. The run's model stays loaded for the next call. `stepSize`: λ; the run's own unless given. */
  'reason.walk': {
    input: z.strictObject({ run: runId, checkpoint: checkpointChoice, start: walkStart, steps: z.number().int().min(1).max(1000), stepSize: z.number().min(1e-6).max(1e6).optional() }),
    output: walk,
  },
} as const;
