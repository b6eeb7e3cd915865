import type { ProbeCurve } from '../../contract/api/series.ts';
import type { ProbeResult } from '../../contract/events.ts';

/** A probe in means and population deviations over its problems, summed in float64. */
export function curveOf({ iteration, difficulty, steps, problems, energies, errors }: ProbeResult): ProbeCurve {
  const energy = momentsOf(energies, problems);
  const error = momentsOf(errors, problems);
  return { iteration, difficulty, steps, problems, meanEnergies: energy.means, energyDeviations: energy.deviations, meanErrors: error.means, errorDeviations: error.deviations };
}

/** Mean and population standard deviation of each row of [rows, columns]. */
export function momentsOf(numbers: Float32Array, columns: number): { means: Float64Array; deviations: Float64Array } {
  const rows = columns === 0 ? 0 : numbers.length / columns;
  const means = new Float64Array(rows);
  const deviations = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = row * columns; i < (row + 1) * columns; i++) sum += numbers[i]!;
    const mean = sum / columns;
    let squares = 0;
    for (let i = row * columns; i < (row + 1) * columns; i++) squares += (numbers[i]! - mean) ** 2;
    means[row] = mean;
    deviations[row] = Math.sqrt(squares / columns);
  }
  return { means, deviations };
}
