import { z } from '../zod.ts';
import { SIZES } from '../tasks.ts';
import { PRESETS, runConfigSchema, type PresetName } from '../config.ts';
import { anyNumber, bytes, changes, checkpointChoice, difficulty, engineId, errorData, float32s, iteration, runId, runIds, status, trivialReference } from './shapes.ts';

/** A run as lists show it: everything a row, a filter or a legend needs, and no arrays. Times are ms since 1970. */
export const runSummary = z.strictObject({
  id: runId,
  name: z.string(),
  status,
  method: z.string(),
  task: z.string(),
  seed: z.number(),
  engine: z.string(),
  device: z.string(),
  /** Settings that differ from their defaults; the rest is `runConfigSchema`'s. */
  changes,
  /** Last finished iteration, and how many there shall be. */
  iteration,
  iterations: iteration,
  parentRun: runId.nullable(),
  parentIteration: iteration.nullable(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** Newest loss, NaN included; null before the first. */
  lastLoss: anyNumber.nullable(),
  /** Mean squared error after the last update of the newest probe; null before the first, and where there is none harder. */
  lastError: z.strictObject({ same: anyNumber.nullable(), harder: anyNumber.nullable() }),
  /** Lowest probe error at a checkpoint. */
  bestError: anyNumber.nullable(),
  /** Trivial answers on the same probe problems; empty until the run has started once. */
  references: z.array(trivialReference),
  /** Whether any recorded number of the training was NaN or infinite (gradients included; not time, processor and memory), or the run diverged. */
  nonFinite: z.boolean(),
  tags: z.array(z.string()),
  star: z.boolean(),
  archived: z.boolean(),
  hasNotes: z.boolean(),
});
export type RunSummary = z.infer<typeof runSummary>;

export const metricSummary = z.strictObject({ metric: z.string(), count: z.number(), first: iteration, last: iteration, min: anyNumber.nullable(), max: anyNumber.nullable(), nonFinite: z.number(), newest: anyNumber });
export const checkpointRow = z.strictObject({ iteration, bytes: z.number(), best: z.boolean(), error: anyNumber.nullable(), createdAt: z.number() });
export const logLine = z.strictObject({ id: z.number(), iteration, level: z.enum(['info', 'warning', 'error']), message: z.string(), at: z.number() });
export type LogLine = z.infer<typeof logLine>;

const picture = z.strictObject({ count: z.number(), rows: z.number(), columns: z.number(), marks: z.number().optional() });
/** Widths of a problem and an answer, and how to draw them as matrices (tasks/types.ts). */
const shapes = { widths: z.strictObject({ x: z.number(), y: z.number() }), pictures: z.strictObject({ x: picture, y: picture }) };

export const runDetails = z.strictObject({
  run: runSummary,
  config: runConfigSchema,
  /** Trained numbers in the network. */
  parameters: z.number().nullable(),
  hasEnergy: z.boolean(),
  /** How problems and answers of training are drawn, and harder ones (larger, where they are graphs); null when the task cannot be opened any more. */
  problem: z.strictObject({ ...shapes, harder: z.strictObject(shapes) }).nullable(),
  versions: z.record(z.string(), z.string()),
  notes: z.string(),
  error: errorData.nullable(),
  divergence: z.strictObject({ iteration, step: z.number(), quantity: z.enum(['energy', 'loss', 'gradient']), checkpoint: iteration.optional() }).nullable(),
  metrics: z.array(metricSummary),
  checkpoints: z.array(checkpointRow),
  log: z.array(logLine),
  /** Whether this workbench runs it, another process does, or nobody. */
  owner: z.enum(['here', 'elsewhere', 'none']),
});
export type RunDetails = z.infer<typeof runDetails>;

/** What an evaluation tests; workbench/evaluation-result.ts. */
export const evaluationOptions = z.strictObject({
  checkpoint: checkpointChoice,
  steps: z.array(z.number().int().min(0).max(1000)).min(1).max(20),
  problems: z.number().int().min(1).max(100_000),
  harder: z.boolean(),
  plateau: z.strictObject({ tolerance: z.number().min(0).max(1), patience: z.number().int().min(1).max(1000) }).optional(),
  /** Graphs: numbers of nodes to be tested at besides. */
  sizes: z.array(z.number().int().min(SIZES[0]).max(SIZES[1])).min(1).max(20).optional(),
});
/** As they were kept: a terminal may ask for more than a page. */
const keptOptions = z.strictObject({ checkpoint: checkpointChoice, steps: z.array(z.number()), problems: z.number(), harder: z.boolean(), plateau: z.strictObject({ tolerance: z.number(), patience: z.number() }).optional(), sizes: z.array(z.number()).optional() });
/** How a model did on one set of problems. */
const judgement = {
  problems: z.number(),
  steps: z.array(z.strictObject({ updates: z.number(), error: anyNumber, low: anyNumber, high: anyNumber, quantiles: z.array(anyNumber).length(5), energy: anyNumber.optional() })),
  lowestEnergy: z.strictObject({ error: anyNumber, updates: anyNumber }).optional(),
  plateau: z.strictObject({ tolerance: z.number(), patience: z.number(), error: anyNumber, updates: anyNumber, stopped: anyNumber }).optional(),
  halting: z.strictObject({ error: anyNumber, updates: anyNumber, expected: anyNumber }).optional(),
  references: z.array(z.strictObject({ name: z.string(), label: z.string(), error: anyNumber, beaten: z.boolean() })),
};
const evaluation = z.strictObject({
  run: runId,
  iteration,
  stepSize: anyNumber,
  /** `errors`: each problem's own after the last of the update counts; they are told once, and not kept. */
  results: z.array(z.strictObject({ difficulty, ...judgement, errors: float32s.optional() })),
  /** By number of nodes, ascending; only where sizes were asked for. */
  sizes: z.array(z.strictObject({ nodes: z.number(), ...judgement })).optional(),
});
export type Evaluation = z.infer<typeof evaluation>;

const label = z.string().max(200);
const tags = z.array(z.string().min(1).max(100)).max(100);
const notes = z.string().max(100_000);
const preset = z.enum(Object.keys(PRESETS) as PresetName[]);
/** `auto` measures and chooses. */
const engineWish = z.union([z.literal('auto'), engineId]);

/** A field of the form that is not right, and why; `name` is absent where settings contradict each other. */
export const fieldError = z.strictObject({ name: z.string().optional(), message: z.string() });

export const runRequests = {
  /** Every run that is not deleted, newest first. */
  'runs.list': { input: z.strictObject({}), output: z.strictObject({ runs: z.array(runSummary) }) },
  'runs.get': { input: z.strictObject({ run: runId }), output: runDetails },
  /** Is a form right? Opens the task, so that a data file is judged too. Starts nothing. */
  'runs.validate': {
    input: z.strictObject({ preset: preset.optional(), changes, fork: z.strictObject({ run: runId, from: checkpointChoice }).optional() }),
    output: z.strictObject({ config: runConfigSchema.nullable(), errors: z.array(fieldError), parameters: z.number().nullable() }),
  },
  /** Trains a throw-away model of this shape for about two seconds, after choosing an engine. */
  'runs.trial': {
    input: z.strictObject({ preset: preset.optional(), changes, engine: engineWish }),
    output: z.strictObject({
      engine: engineId,
      /** A training iteration, and all of the run's. */
      msPerIteration: z.number(),
      seconds: z.number(),
      /** Peak resident memory of the trial's process plus what the full replay buffer takes, bytes. */
      memory: z.number(),
      parameters: z.number(),
    }),
  },
  /** One run for each seed, started or put in the queue. */
  'runs.start': {
    input: z.strictObject({ preset: preset.optional(), changes, seeds: z.array(z.number().int().min(0).max(2 ** 31 - 1)).min(1).max(100), name: label.optional(), tags, notes: notes.optional(), engine: engineWish }),
    output: z.strictObject({ runs: z.array(runSummary) }),
  },
  /** A new run from a checkpoint of another: weights, moments and replay buffer come along. */
  'runs.fork': {
    input: z.strictObject({ run: runId, from: checkpointChoice, changes, name: label.optional(), tags, notes: notes.optional(), engine: engineWish.optional() }),
    output: z.strictObject({ run: runSummary }),
  },
  'runs.resume': { input: z.strictObject({ run: runId, iterations: z.number().int().min(1).max(10_000_000).optional() }), output: z.strictObject({ run: runSummary }) },
  /** Stops with a checkpoint, or takes out of the queue. */
  'runs.stop': { input: z.strictObject({ run: runId }), output: z.strictObject({ run: runSummary }) },
  'runs.checkpoint': { input: z.strictObject({ run: runId }), output: z.strictObject({ iteration }) },
  'runs.annotate': {
    input: z.strictObject({ runs: runIds, name: label.optional(), notes: notes.optional(), star: z.boolean().optional(), archived: z.boolean().optional(), tags: tags.optional(), addTags: tags.optional(), removeTags: tags.optional() }),
    output: z.strictObject({ runs: z.array(runSummary) }),
  },
  /** Hides runs; `runs.restore` brings them back. They go for good when a workbench opens the store an hour later or more. Refused for one that is running. */
  'runs.delete': { input: z.strictObject({ runs: runIds }), output: z.strictObject({ deleted: z.array(runId) }) },
  'runs.restore': { input: z.strictObject({ runs: runIds }), output: z.strictObject({ runs: z.array(runSummary) }) },
  'runs.export': { input: z.strictObject({ run: runId, format: z.enum(['csv', 'json', 'safetensors']) }), output: z.strictObject({ filename: z.string(), content: bytes }) },
  /** Tests the model on fresh problems beside the trivial answers. Kept in the store. */
  'runs.evaluate': { input: z.strictObject({ run: runId, ...evaluationOptions.shape }), output: evaluation },
  /** What was evaluated before, newest first. */
  'runs.evaluations': { input: z.strictObject({ runs: runIds }), output: z.strictObject({ evaluations: z.array(z.strictObject({ ...evaluation.shape, options: keptOptions, at: z.number() })) }) },
  /** Energy against error of many answers: along the descents, and along lines from noise to the exact answer. Refused for a method without an energy. */
  'runs.energyError': {
    input: z.strictObject({ run: runId, checkpoint: checkpointChoice, problems: z.number().int().min(2).max(10_000), steps: z.number().int().min(1).max(1000) }),
    output: z.strictObject({
      run: runId,
      iteration,
      results: z.array(
        z.strictObject({
          difficulty,
          along: z.enum(['descent', 'line']),
          problems: z.number(),
          /** How many points there are; of these so many are given, evenly over problems and steps. */
          points: z.number(),
          energy: float32s,
          error: float32s,
          /** Which they are: k · problems + problem, k being updates of the descent, or twentieths of the way from noise to the exact answer. */
          index: float32s,
          /** Spearman's rank correlation over all points, and the mean of each problem's own; NaN where nothing varies. */
          overall: anyNumber,
          perProblem: z.strictObject({ mean: anyNumber, quantiles: z.array(anyNumber).length(5) }),
        }),
      ),
    }),
  },
} as const;
