import type { ProbeCurve } from '../../contract/api/series.ts';
import type { ProbeResult } from '../../contract/events.ts';
import { momentsOf } from '../../trainer/moments.ts';

/** A probe in means and population deviations over its problems, summed in float64. */
export function curveOf({ iteration, difficulty, steps, problems, energies, errors }: ProbeResult): ProbeCurve {
  const energy = momentsOf(energies, problems);
  const error = momentsOf(errors, problems);
  return { iteration, difficulty, steps, problems, meanEnergies: energy.means, energyDeviations: energy.deviations, meanErrors: error.means, errorDeviations: error.deviations };
}
