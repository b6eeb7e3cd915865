import { z } from '../zod.ts';
import { EXPORT_FORMATS, REPRODUCTION_TABLES, SCALES } from '../reproduction.ts';
import { anyNumber, bytes, iteration, runId, status } from './shapes.ts';

const table = z.enum(REPRODUCTION_TABLES);
const scale = z.enum(SCALES);
/** How many seeds, from 0. */
const seeds = z.number().int().min(1).max(20);

/** One number of a row: the mean over seeds. */
export const reproductionCell = z.strictObject({
  column: z.string(),
  /** Null before anything was measured; NaN when a walk left the finite numbers. */
  mean: anyNumber.nullable(),
  /** Sample standard deviation over seeds; null for fewer than two. */
  deviation: anyNumber.nullable(),
  /** Seeds that the mean is of. */
  n: z.number(),
  published: anyNumber.nullable(),
  /** Trivial answers on the same problems, lowest first. */
  references: z.array(z.strictObject({ label: z.string(), error: anyNumber })),
  /** Whether no other row of the same task has a lower mean. */
  lowest: z.boolean(),
});
export type ReproductionCell = z.infer<typeof reproductionCell>;

/** Which run a row's number of a seed comes from, and how far it is. */
const source = z.strictObject({
  seed: z.number(),
  /** Null: it is missing. */
  run: runId.nullable(),
  status: status.nullable(),
  iteration,
  iterations: iteration,
  /** Iteration of the checkpoint that the numbers come from; null before it was evaluated. */
  evaluated: iteration.nullable(),
});
export type ReproductionSource = z.infer<typeof source>;

export const reproductionRow = z.strictObject({
  id: z.string(),
  task: z.string(),
  method: z.string(),
  /** Words for the method and what is special about it. */
  label: z.string(),
  runs: z.array(source),
  cells: z.array(reproductionCell),
  /** Against the published numbers and against the lowest trivial answer, over the columns that have them; null without any. */
  verdict: z.strictObject({
    published: z.enum(['reaches', 'partly', 'misses']).nullable(),
    trivial: z.enum(['beats', 'partly', 'does not beat']).nullable(),
    text: z.string(),
  }),
});
export type ReproductionRow = z.infer<typeof reproductionRow>;

export const reproductionTable = z.strictObject({
  table,
  scale,
  seeds: z.number(),
  title: z.string(),
  /** What is measured, on how many problems, and what the published numbers are. */
  about: z.string(),
  columns: z.array(z.strictObject({ id: z.string(), title: z.string() })),
  rows: z.array(reproductionRow),
  /** Runs that are not finished and evaluated yet; those that diverged are done. */
  missing: z.number(),
});
export type ReproductionTable = z.infer<typeof reproductionTable>;

/** What a reproduction is at; null when none is under way. */
export const reproductionWork = z.strictObject({
  tables: z.array(table),
  scale,
  seeds: z.number(),
  /** Runs trained and evaluated, of so many. */
  done: z.number(),
  total: z.number(),
  /** What is done right now, a sentence each. */
  doing: z.array(z.strictObject({ run: runId.nullable(), text: z.string() })),
}).nullable();
export type ReproductionWork = z.infer<typeof reproductionWork>;

export const reproduceRequests = {
  /** A table as far as the store's runs and evaluations fill it. */
  'reproduce.table': { input: z.strictObject({ table, scale, seeds }), output: z.strictObject({ table: reproductionTable, work: reproductionWork }) },
  /** Trains what is missing, evaluates it, and tells with `reproduce.changed`. Refused while another reproduction is under way. */
  'reproduce.start': { input: z.strictObject({ tables: z.array(table).min(1), scale, seeds }), output: z.strictObject({ work: reproductionWork }) },
  /** Stops its runs with a checkpoint; `reproduce.start` goes on later. */
  'reproduce.stop': { input: z.strictObject({}), output: z.strictObject({ work: reproductionWork }) },
  'reproduce.export': { input: z.strictObject({ table, scale, seeds, format: z.enum(EXPORT_FORMATS) }), output: z.strictObject({ filename: z.string(), content: bytes }) },
} as const;
