import { haltingMetric } from '../../../../src-main/contract/metrics.ts';
import type { LineSeries } from '../../../charts/types.ts';
import type { Paint } from './probe-lines.ts';
import type { Points } from '../data/splice.ts';

/**
 * The geometric distribution with mean N, cut after N steps: what PonderNet pulls halting towards (Banino et al. 2021, eq. 6, with
 * λ_p = 1/N). p_n ∝ (1 − 1/N)^(n − 1) / N for n = 1 … N, and sums to 1.
 */
export function truncatedGeometric(steps: number): Float64Array {
  const weights = Float64Array.from({ length: steps }, (_, k) => (1 - 1 / steps) ** k / steps);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** The newest mean probability of halting at each step, as stems, and what it is pulled towards; nothing before the first iteration. */
export function haltingLines(steps: number, points: (metric: string) => Points, { run, muted }: Paint): LineSeries[] {
  const x = Float64Array.from({ length: steps }, (_, k) => k + 1);
  const y = x.map((n) => points(haltingMetric(n)).y.at(-1) ?? NaN);
  if (y.every(Number.isNaN)) return [];
  return [
    { key: 'prior', label: 'Prior Geometric(1/N)', x, y: truncatedGeometric(steps), colour: muted, width: 1, dash: [4, 3], exact: true },
    { key: 'halting', label: 'Mean over the training rows', x, y, colour: run, width: 3, stems: true, exact: true },
  ];
}
