import type { Output } from '../../../../src-main/contract/api/index.ts';
import type { ScatterPoint } from '../../../charts/types.ts';

export type EnergyError = Output<'runs.energyError'>['results'][number];

export const ALONG = [
  { value: 'descent', label: 'Along the descent', hint: 'Answers after 0, 1, 2 … updates from random first ones' },
  { value: 'line', label: 'From noise to the answer', hint: 'Answers on the straight line from a random first one to the exact one' },
] as const;

/**
 * Answers as points of a chart.
 *
 * @param colour of an answer by its place on its way, 0 (noise) … 1 (the last of the descent, or the exact answer)
 */
export function scatterPoints({ along, problems, points, energy, error, index }: Pick<EnergyError, 'along' | 'problems' | 'points' | 'energy' | 'error' | 'index'>, colour: (place: number) => string): ScatterPoint[] {
  const last = Math.max(1, points / problems - 1);
  return Array.from(index, (at, i) => {
    const [k, problem] = [Math.floor(at / problems), at % problems];
    const place = k / last;
    const where = along === 'descent' ? `after ${k} ${k === 1 ? 'update' : 'updates'}` : `${Math.round(100 * place)} % of the way`;
    return { key: String(at), label: `Problem ${problem + 1}, ${where}`, x: energy[i]!, y: error[i]!, colour: colour(place) };
  });
}

/** What a problem's rank correlation says, in plain words. */
export function correlationWords(median: number): string {
  if (Number.isNaN(median)) return 'it is not defined, as energies or errors do not vary';
  if (median > 0.9) return 'the energy orders the answers of a problem almost as the error does';
  if (median > 0.5) return 'a lower energy mostly means a smaller error';
  if (median > 0.1) return 'the energy says a little about the error';
  if (median >= -0.1) return 'the energy says next to nothing about the error';
  return 'a lower energy tends to mean a larger error';
}
