import type { Difficulty } from '../../tasks/types.ts';

/** A curve read off the probes: a quantity's mean over the problems after so many updates. */
export interface ProbeMetric {
  readonly difficulty: Difficulty;
  readonly quantity: 'error' | 'energy' | 'gradient';
  readonly at: number | 'last' | 'lowest';
}

/** @returns undefined for a name that is no probe metric (contract/api/series.ts). */
export function probeMetric(name: string): ProbeMetric | undefined {
  const found = /^probe\/(same|harder)\/(error|energy|gradient)\/(last|lowest|\d{1,7})$/.exec(name);
  if (!found) return undefined;
  const [, difficulty, quantity, at] = found as unknown as [string, Difficulty, ProbeMetric['quantity'], string];
  return { difficulty, quantity, at: at === 'last' || at === 'lowest' ? at : Number(at) };
}
