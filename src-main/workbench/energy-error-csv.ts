import type { EnergyError } from './energy-error.ts';

const HEADER = 'difficulty,along,problem,at,energy,error\n';

/**
 * Every point of energies and errors as CSV, one line a point, a part for each result. `problem` counts from 0; `at` is the number
 * of updates along a descent, and the share of the way from noise (0) to the exact answer (1) along a line. Numbers have all their
 * float32 digits; NaN and infinities are those words.
 */
export function energyErrorCsv(results: readonly EnergyError[]): Uint8Array[] {
  const parts = results.map(({ difficulty, along, problems, energies, errors }) => {
    const points = energies.length / problems;
    let text = '';
    for (let i = 0; i < energies.length; i++) {
      const point = Math.floor(i / problems);
      text += `${difficulty},${along},${i % problems},${along === 'descent' ? point : point / (points - 1)},${energies[i]!},${errors[i]!}\n`;
    }
    return text;
  });
  return [HEADER, ...parts].map((text) => new TextEncoder().encode(text));
}
