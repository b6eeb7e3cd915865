import { energyMetric } from '../../../../src-main/contract/metrics.ts';
import type { RunConfig } from '../../../../src-main/contract/config.ts';

/** Metrics that the page of a run draws. A probe's are read off the probes (contract/api/series.ts). */
export const probeError = (difficulty: 'same' | 'harder'): string => `probe/${difficulty}/error/last`;

export function metricsOf(config: Pick<RunConfig, 'steps' | 'learnable_step_size' | 'task'>, hasEnergy: boolean): string[] {
  return [
    'loss/fresh',
    'loss/replayed',
    ...(hasEnergy ? [energyMetric(0), energyMetric(config.steps)] : []),
    'gradient_norm',
    'ms',
    'memory',
    ...(config.learnable_step_size ? ['step_size'] : []),
    probeError('same'),
    ...(config.task === 'dataset' ? [] : [probeError('harder')]),
  ];
}
