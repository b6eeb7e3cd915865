import { z } from '../zod.ts';
import { anyNumber, difficulty, float32s, float64s, iteration, runId } from './shapes.ts';

/**
 * A curve of a run. `metric` is a recorded one (contract/metrics.ts) or one read off the probes:
 * `probe/<same|harder>/<error|energy|gradient>/<k|last|lowest>`, the mean over the probe's problems after k updates, after the last
 * update, or at each problem's lowest energy. `elapsed` is the running sum of `ms` since the run's first iteration: time spent
 * training, pauses left out.
 */
export const seriesQuery = z.strictObject({ run: runId, metric: z.string().min(1).max(200) });

export const seriesData = z.strictObject({
  run: runId,
  metric: z.string(),
  /** Each value's iteration, in order. */
  iterations: float64s,
  values: float64s,
  /** Values in the range before thinning; extremes over finite ones of them; how many are NaN or infinite. */
  total: z.number(),
  min: anyNumber.nullable(),
  max: anyNumber.nullable(),
  nonFinite: z.number(),
});
export type SeriesData = z.infer<typeof seriesData>;

/** A probe in means over its problems; index k is after k updates. Deviations are the population's, over problems. */
export const probeCurve = z.strictObject({
  iteration,
  difficulty,
  steps: z.number(),
  problems: z.number(),
  /** Empty where the method has no energy. */
  meanEnergies: float64s,
  meanErrors: float64s,
  /** Only of the newest probe of each difficulty, else empty. */
  energyDeviations: float64s,
  errorDeviations: float64s,
});
export type ProbeCurve = z.infer<typeof probeCurve>;

/** A whole probe. Arrays are [steps + 1, problems]; answers [steps + 1, answersKept, width]. */
export const probeResult = z.strictObject({
  iteration,
  difficulty,
  steps: z.number(),
  problems: z.number(),
  energies: float32s,
  errors: float32s,
  gradientNorms: float32s,
  answers: float32s,
  answersKept: z.number(),
});

/** What the newest probe of a difficulty found, in means over its problems. */
export const newestProbe = z.strictObject({
  run: runId,
  iteration,
  difficulty,
  steps: z.number(),
  problems: z.number(),
  /** [steps + 1] after k updates. */
  meanErrors: float64s,
  /** At each problem's lowest energy; null where the method has no energy. */
  lowestEnergy: z.strictObject({ error: anyNumber, updates: anyNumber }).nullable(),
});
export type NewestProbe = z.infer<typeof newestProbe>;

export const seriesRequests = {
  /**
   * Thinned to at most `points` points each, exact extremes kept (db/series-thin.ts). With `every` each value is instead the mean
   * over a window of so many iterations, NaN when one of them is; windows begin at multiples of `every` and a value stands at its
   * window's middle, so that curves of several runs share their iterations and can be averaged.
   */
  'series.read': {
    input: z.strictObject({ queries: z.array(seriesQuery).min(1).max(2000), points: z.number().int().min(8).max(1_000_000), from: anyNumber.optional(), to: anyNumber.optional(), every: z.number().int().min(1).max(10_000_000).optional() }),
    output: z.strictObject({ series: z.array(seriesData) }),
  },
  /** The newest probe of each difficulty of many runs at once; runs without one, or gone, are left out. */
  'probes.newest': { input: z.strictObject({ runs: z.array(runId).min(1).max(1000) }), output: z.strictObject({ probes: z.array(newestProbe) }) },
  /** Curves of at most `limit` probes of each difficulty, spread evenly over the run; first and newest are always among them. */
  'probes.curves': { input: z.strictObject({ run: runId, limit: z.number().int().min(2).max(1000) }), output: z.strictObject({ probes: z.array(probeCurve) }) },
  /** Iterations that have a probe. */
  'probes.iterations': { input: z.strictObject({ run: runId }), output: z.strictObject({ same: float64s, harder: float64s }) },
  'probes.read': { input: z.strictObject({ run: runId, iteration, difficulty }), output: z.strictObject({ probe: probeResult }) },
} as const;
