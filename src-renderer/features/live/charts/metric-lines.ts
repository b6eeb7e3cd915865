import type { LineSeries, Marker } from '../../../charts/types.ts';
import { energyMetric } from '../../../../src-main/contract/metrics.ts';
import type { RunConfig } from '../../../../src-main/contract/config.ts';
import { methodHalts, noEnergy } from '../../../../src-main/contract/methods.ts';
import { EXPECTED_STEPS, probeError } from '../data/metrics.ts';
import type { Paint } from './probe-lines.ts';

/** A chart of the page against the training iteration: which metrics, and how each is drawn. */
export interface MetricChart {
  readonly id: string;
  readonly title: string;
  readonly yTitle: string;
  readonly scale: 'linear' | 'log' | 'symlog';
  readonly smoothable: boolean;
  /** Draws trivial answers too. */
  readonly references?: boolean;
  readonly empty: string;
  /** There is nothing to draw, ever: said instead of an empty plot. */
  readonly instead?: string;
  readonly lines: readonly { readonly metric: string; readonly label: string; readonly look: 'main' | 'dashed' | 'light' | 'muted' }[];
}

/** What to say where a probe's curve will be, or would have been. @param active whether the run trains or waits */
export function noProbeYet({ probe_every }: Pick<RunConfig, 'probe_every'>, active: boolean): string {
  if (probe_every === 0) return 'Probes are off: the probe interval is 0.';
  const first = probe_every.toLocaleString('en');
  return active ? `The first probe comes at iteration ${first}.` : `No probe: the first would have come at iteration ${first}.`;
}

/** What to say where an iteration's value will be, or would have been. */
export const noValuesYet = (active: boolean): string => (active ? 'The first values arrive within a second of the first iteration.' : 'No values: it ended before its first iteration.');

/** The charts under the first row, in their order. @param active whether the run trains or waits */
export function metricCharts(config: RunConfig, hasEnergy: boolean, active: boolean): MetricChart[] {
  const { method, steps, replay_fraction, replay_capacity, learnable_step_size, task } = config;
  const replays = replay_fraction > 0 && replay_capacity > 0;
  const soon = noValuesYet(active);
  return [
    {
      id: 'run.loss',
      title: 'Loss, mean squared error of the training rows',
      yTitle: 'Mean squared error',
      scale: 'log',
      smoothable: true,
      empty: soon,
      lines: [{ metric: 'loss/fresh', label: 'Fresh rows', look: 'main' }, ...(replays ? [{ metric: 'loss/replayed', label: 'Replayed rows', look: 'dashed' } as const] : [])],
    },
    {
      id: 'run.probe-error',
      title: 'Probe error after the last step, mean squared error',
      yTitle: 'Mean squared error',
      scale: 'log',
      smoothable: false,
      references: true,
      empty: noProbeYet(config, active),
      lines: [...(task === 'dataset' ? [] : [{ metric: probeError('harder'), label: 'Harder', look: 'light' } as const]), { metric: probeError('same'), label: 'As in training', look: 'main' }],
    },
    ...energyCharts(method, steps, hasEnergy, soon),
    { id: 'run.gradient', title: 'Gradient norm, before clipping', yTitle: 'L2 norm of dL/dθ', scale: 'log', smoothable: true, empty: soon, lines: [{ metric: 'gradient_norm', label: 'Gradient norm', look: 'main' }] },
    ...(learnable_step_size ? [{ id: 'run.step-size', title: 'Step size λ, learned', yTitle: 'λ', scale: 'linear', smoothable: false, empty: soon, lines: [{ metric: 'step_size', label: 'λ', look: 'main' }] } as const] : []),
    { id: 'run.ms', title: 'Time of an iteration', yTitle: 'ms per iteration', scale: 'linear', smoothable: true, empty: soon, lines: [{ metric: 'ms', label: 'Time', look: 'main' }] },
  ];
}

/** Energies in training; of a method without one, what it has instead. */
function energyCharts(method: string, steps: number, hasEnergy: boolean, soon: string): MetricChart[] {
  const chart = { scale: 'linear', smoothable: true, empty: soon } as const;
  if (methodHalts(method)) return [{ ...chart, id: 'run.expected-steps', title: 'Expected steps until it halts, mean over the training rows', yTitle: 'Steps', lines: [{ metric: EXPECTED_STEPS, label: 'Expected steps', look: 'main' }] }];
  const energy = { ...chart, id: 'run.energy', title: 'Energy E, mean over the training rows', yTitle: 'Energy' };
  if (!hasEnergy) return [{ ...energy, lines: [], instead: noEnergy(method) }];
  return [{ ...energy, lines: [{ metric: energyMetric(0), label: 'Before the first step', look: 'muted' }, { metric: energyMetric(steps), label: `After step ${steps}`, look: 'main' }] }];
}

const LOOKS = {
  main: {},
  dashed: { dash: [6, 3] },
  light: { width: 1, opacity: 0.75 },
  muted: { width: 1.25, dash: [2, 2] },
} as const;

export function metricLines({ lines, smoothable }: MetricChart, points: (metric: string) => { readonly x: Float64Array; readonly y: Float64Array }, { run, muted }: Paint): LineSeries[] {
  return lines.flatMap(({ metric, label, look }) => {
    const { x, y } = points(metric);
    return x.length === 0 ? [] : [{ key: metric, label, x, y, colour: look === 'muted' ? muted : run, ...LOOKS[look], ...(smoothable ? {} : { exact: true }) }];
  });
}

/** Iterations at which a curve is not finite, as red ticks; only the first few of many say so in words. */
export function brokenMarkers(lines: readonly LineSeries[], most = 50): Marker[] {
  const markers: Marker[] = [];
  for (const { x, y, label } of lines) {
    for (let i = 0; i < y.length && markers.length < most; i++) {
      if (!Number.isFinite(y[i]!)) markers.push({ x: x[i]!, kind: 'nan', label: `${label}: ${Number.isNaN(y[i]!) ? 'NaN' : 'infinite'} at iteration ${x[i]!}` });
    }
  }
  return markers;
}
