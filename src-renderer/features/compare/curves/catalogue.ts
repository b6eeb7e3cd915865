import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { energyMetric, haltingMetric, metric, METRICS, type Metric } from '../../../../src-main/contract/metrics.ts';
import type { Scale } from '../../../charts/types.ts';
import { methodHalts, methodHasEnergy } from '../../../../src-main/contract/methods.ts';
import { settingsOf } from '../configuration/settings-of.ts';

/** A curve that can be drawn: what it measures and how it is made. */
export interface CatalogueEntry extends Metric {
  readonly name: string;
  readonly group: 'training' | 'energy in training' | 'halting in training' | 'probe, problems as in training' | 'probe, harder problems';
}

const PROBE = /^probe\/(same|harder)\/(error|energy|gradient)\/(\d{1,4}|last|lowest)$/;
const QUANTITY = {
  error: { title: 'Error', unit: 'mean squared error', formula: 'mean over the probe\'s problems and components of (yᵏ − target)²' },
  energy: { title: 'Energy', unit: 'energy', formula: 'mean over the probe\'s problems of E(x, yᵏ)' },
  gradient: { title: 'Energy gradient', unit: '', formula: 'mean over the probe\'s problems of ‖∇_y E(x, yᵏ)‖' },
} as const;

export type ProbeQuantity = keyof typeof QUANTITY;

export const probeMetric = (difficulty: 'same' | 'harder', quantity: ProbeQuantity, at: number | 'last' | 'lowest'): string => `probe/${difficulty}/${quantity}/${at}`;

/** What a name stands for. @returns undefined for one that no run can have. */
export function describeMetric(name: string): CatalogueEntry | undefined {
  const [, difficulty, quantity, at] = PROBE.exec(name) ?? [];
  if (difficulty === undefined) {
    const known = metric(name);
    return known && { ...known, name, group: name.startsWith('energy/') ? 'energy in training' : ofHalting(name) ? 'halting in training' : 'training' };
  }
  const { title, unit, formula } = QUANTITY[quantity as ProbeQuantity];
  const harder = difficulty === 'harder';
  const when = at === 'last' ? 'after the last update' : at === 'lowest' ? 'at the lowest energy' : `after ${at} updates`;
  const means = at === 'last' ? ', k = the last update of the probe' : at === 'lowest' ? ', k = each problem\'s update with the lowest energy' : `, k = ${at}`;
  return { name, title: `${title} ${when}, ${harder ? 'harder' : 'same'}`, unit, formula: formula + means, group: harder ? 'probe, harder problems' : 'probe, problems as in training' };
}

export const isProbeMetric = (name: string): boolean => PROBE.test(name);

/** Whether lower is better, so that trivial answers belong beside it. */
export const errorMetric = (name: string): { readonly difficulty: 'same' | 'harder' } | undefined => {
  const [, difficulty, quantity] = PROBE.exec(name) ?? [];
  return quantity === 'error' ? { difficulty: difficulty as 'same' | 'harder' } : undefined;
};

/** Whether only methods with an energy record it. */
export const needsEnergy = (name: string): boolean => /(^|\/)energy\/|\/gradient\/|\/lowest$/.test(name);

/** Whether only methods that halt record it. */
const ofHalting = (name: string): boolean => name === 'expected_steps' || name.startsWith('halting/');

/** Losses and errors fall over decades; energies have both signs. */
export function usualScale(name: string): Scale {
  if (ofHalting(name) || name === 'ms' || name === 'memory' || name === 'steps' || name === 'step_size') return 'linear';
  return name.startsWith('energy/') || /\/energy\//.test(name) ? 'linear' : 'log';
}

const UPDATES = [0, 10, 20, 40, 80];

/** Everything that some of these runs may have recorded, of energies what those with an energy have; whether one did is only known when its curve is read. */
export function catalogue(runs: readonly RunSummary[]): CatalogueEntry[] {
  const most = (name: 'steps' | 'probe_steps') => Math.max(0, ...runs.map((run) => Number(settingsOf(run)[name])));
  const names = Object.keys(METRICS);
  for (let k = 0; k <= most('steps'); k++) names.push(energyMetric(k));
  for (let n = 1; n <= most('steps'); n++) names.push(haltingMetric(n));
  const probed = most('probe_steps');
  const updates = [...new Set([...UPDATES.filter((k) => k <= probed), probed])];
  for (const difficulty of ['same', 'harder'] as const) {
    for (const quantity of ['error', 'energy', 'gradient'] as const) {
      for (const at of [...updates, 'last' as const, 'lowest' as const]) names.push(probeMetric(difficulty, quantity, at));
    }
  }
  const energies = runs.some(({ method }) => methodHasEnergy(method));
  const halting = runs.some(({ method }) => methodHalts(method));
  return names.filter((name) => (energies || !needsEnergy(name)) && (halting || !ofHalting(name))).map((name) => describeMetric(name)!);
}
