import type { Output } from '../../../../src-main/contract/api/index.ts';
import type { ProbeCurve } from '../../../../src-main/contract/api/series.ts';

/**
 * A whole probe in means and population deviations over its problems, after each update. A problem that is not finite makes its
 * step NaN: it is shown, not left out.
 *
 * @param probe arrays [steps + 1, problems]
 */
export function curveOf({ iteration, difficulty, steps, problems, energies, errors }: Output<'probes.read'>['probe']): ProbeCurve {
  const energy = moments(energies, problems);
  const error = moments(errors, problems);
  return { iteration, difficulty, steps, problems, meanEnergies: energy.mean, energyDeviations: energy.deviation, meanErrors: error.mean, errorDeviations: error.deviation };
}

function moments(values: Float32Array, problems: number): { mean: Float64Array<ArrayBuffer>; deviation: Float64Array<ArrayBuffer> } {
  const rows = problems === 0 ? 0 : values.length / problems;
  const mean = new Float64Array(rows);
  const deviation = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = 0; i < problems; i++) sum += values[row * problems + i]!;
    mean[row] = sum / problems;
    let squares = 0;
    for (let i = 0; i < problems; i++) squares += (values[row * problems + i]! - mean[row]!) ** 2;
    deviation[row] = Math.sqrt(squares / problems);
  }
  return { mean, deviation };
}
