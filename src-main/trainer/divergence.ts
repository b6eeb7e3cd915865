import type { Divergence } from '../contract/events.ts';
import type { Outcome } from '../methods/types.ts';
import { mean } from './telemetry.ts';

/**
 * Where an iteration left the finite numbers, or undefined. A finite gradient keeps the parameters finite too: Adam
 * moves each by at most a few times the learning rate.
 */
export function divergenceOf(iteration: number, { loss, gradientNorm, energies, errors }: Outcome): Omit<Divergence, 'checkpoint'> | undefined {
  const rows = errors.length;
  // A sum of float32 in float64 is finite exactly when every term is.
  for (let k = 0; k * rows < energies.length; k++) {
    if (!Number.isFinite(mean(energies, k * rows, (k + 1) * rows))) return { iteration, step: k, quantity: 'energy' };
  }
  if (!Number.isFinite(loss)) return { iteration, step: -1, quantity: 'loss' };
  if (!Number.isFinite(gradientNorm)) return { iteration, step: -1, quantity: 'gradient' };
  return undefined;
}
