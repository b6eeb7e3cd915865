/**
 * Every metric a run records, with what it measures. A metric is one number an iteration; the energies of one
 * iteration are `steps + 1` metrics, `energy/0` … `energy/N`.
 */
export interface Metric {
  readonly title: string;
  readonly unit: string;
  /** How the number is made. */
  readonly formula: string;
}

export const METRICS: Readonly<Record<string, Metric>> = {
  loss: { title: 'Loss', unit: 'mean squared error', formula: 'what is minimised: the mean over all rows and components of (y^N − target)²; of ponder and of iterative denoising their own loss' },
  'loss/fresh': { title: 'Loss of fresh rows', unit: 'mean squared error', formula: 'mean of (y^N − target)² over rows that started from U(−1, 1)' },
  'loss/replayed': { title: 'Loss of replayed rows', unit: 'mean squared error', formula: 'mean of (y^N − target)² over rows that restarted from a stored answer; absent until the buffer holds a batch' },
  answer_change: { title: 'Last change of the answer', unit: 'root mean square', formula: 'sqrt(mean over rows and components of (y^N − y^(N−1))²)' },
  gradient_norm: { title: 'Gradient norm', unit: '', formula: 'global L2 norm of dL/dθ, before clipping' },
  step_size: { title: 'Step size λ', unit: '', formula: 'λ = exp(log λ) that the iteration reasoned with; recorded only when λ is learned' },
  steps: { title: 'Reasoning steps', unit: 'steps', formula: 'updates in this iteration; recorded only when their number is random' },
  expected_steps: { title: 'Expected steps', unit: 'steps', formula: 'mean over rows of Σ n · p_n, p_n being the probability of halting at step n; recorded only by a method that halts' },
  ms: { title: 'Time', unit: 'ms per iteration', formula: 'wall time from the start of one iteration to the start of the next' },
  cpu: { title: 'Processor', unit: 'processors', formula: 'processor time of the trainer process, its threads included, divided by wall time since the last sample, about once a second; 1 = one processor busy' },
  memory: { title: 'Memory', unit: 'bytes', formula: 'resident set of the trainer process, sampled about once a second' },
};

/** What tells of the machine rather than of the training: these may be anything without a run being worse for it. */
export const MACHINE_METRICS: readonly string[] = ['ms', 'cpu', 'memory'];

/** The metric of the batch's mean energy after k updates. */
export const energyMetric = (k: number): string => `energy/${k}`;

/** The metric of the batch's mean probability of halting at step n, n = 1 … N. */
export const haltingMetric = (n: number): string => `halting/${n}`;

/** What a metric measures, energies included. @returns undefined for a name that no run records. */
export function metric(name: string): Metric | undefined {
  const step = /^energy\/(\d+)$/.exec(name)?.[1];
  const halt = /^halting\/(\d+)$/.exec(name)?.[1];
  if (halt !== undefined) return { title: `Probability of halting at step ${halt}`, unit: 'probability', formula: `mean over rows of p_${halt} = λ_${halt} Π_(j<${halt}) (1 − λ_j); the last step takes what is left` };
  if (step === undefined) return METRICS[name];
  return { title: `Energy after ${step} updates`, unit: 'energy', formula: `mean over rows of E(x, y^${step})` };
}
