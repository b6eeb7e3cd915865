import { energyMetric, haltingMetric } from '../../../../src-main/contract/metrics.ts';
import type { RunConfig } from '../../../../src-main/contract/config.ts';
import { methodHalts } from '../../../../src-main/contract/methods.ts';

/** Metrics that the page of a run draws. A probe's are read off the probes (contract/api/series.ts). */
export const probeError = (difficulty: 'same' | 'harder'): string => `probe/${difficulty}/error/last`;

/** Of methods that halt. */
export const EXPECTED_STEPS = 'expected_steps';

export function metricsOf(config: Pick<RunConfig, 'method' | 'steps' | 'learnable_step_size' | 'task'>, hasEnergy: boolean): string[] {
  return [
    'loss/fresh',
    'loss/replayed',
    ...(hasEnergy ? [energyMetric(0), energyMetric(config.steps)] : []),
    ...(methodHalts(config.method) ? [EXPECTED_STEPS, ...Array.from({ length: config.steps }, (_, k) => haltingMetric(k + 1))] : []),
    'gradient_norm',
    'ms',
    'memory',
    ...(config.learnable_step_size ? ['step_size'] : []),
    probeError('same'),
    ...(config.task === 'dataset' ? [] : [probeError('harder')]),
  ];
}
