import type { Walk } from '../../../src-main/contract/api/replay.ts';

/** Something that a walk shows and a person should notice. */
export interface Remark {
  readonly kind: 'good' | 'note' | 'warning';
  readonly text: string;
}

interface Words {
  readonly number: (value: number) => string;
}

/**
 * What a walk shows, in plain words: whether the energy fell, whether it has settled, and whether the error followed it.
 *
 * @param onlyDescent the run takes no update that raises the energy (`accept_only_descent`)
 */
export function remarksOn(walk: Walk, { number }: Words, onlyDescent: boolean): Remark[] {
  const remarks = walk.energies.length > 0 ? energyRemarks(walk, number, onlyDescent) : [];
  return [...remarks, ...errorRemarks(walk, number)];
}

/** Rises smaller than this share of the walk's range of energies, or than what float32 can tell beside numbers of order one, are rounding. */
const ROUNDING = 1e-3;
const FLOAT32 = 2 ** -22;
/** Errors that differ by less, as a share, are the same to a reader. */
const SAME = 1e-3;

function energyRemarks({ energies, steps, stepSize }: Walk, number: Words['number'], onlyDescent: boolean): Remark[] {
  const broken = energies.findIndex((energy) => !Number.isFinite(energy));
  if (broken >= 0) return [{ kind: 'warning', text: `The energy is ${Number.isNaN(energies[broken]) ? 'NaN' : 'infinite'} after ${updates(broken)}: with λ = ${number(stepSize)} the walk left the finite numbers. Make λ smaller.` }];
  const range = Math.max(...energies) - Math.min(...energies);
  const rises = risingSteps(energies, Math.max(range * ROUNDING, FLOAT32 * Math.max(1, Math.abs(energies[0]!))));
  const fall = energies[0]! - energies[steps]!;
  if (rises.length > 0) {
    const where = rises.length === 1 ? `at step ${rises[0]}` : `at ${rises.length} of ${steps} steps, first at step ${rises[0]}`;
    const overall = fall > 0 ? `overall it still falls by ${number(fall)}` : `overall it rises by ${number(-fall)}`;
    return [{ kind: 'warning', text: `The energy rises ${where} (${overall}): λ = ${number(stepSize)} is too large here. Steps along the negative gradient go down when they are short enough.` }];
  }
  if (range === 0) return [{ kind: 'note', text: onlyDescent ? 'The energy does not change: no update lowered it, and this run takes only those that do.' : 'The energy does not change.' }];
  const lastShare = (energies[Math.max(0, steps - Math.ceil(steps / 10))]! - energies[steps]!) / range;
  const settled = steps >= 5 && lastShare < 0.01;
  return [{ kind: 'good', text: settled ? `The energy falls by ${number(fall)} and has settled: the last tenth of the steps adds less than 1 %.` : `The energy falls by ${number(fall)} and is still falling: more steps go lower.` }];
}

function errorRemarks({ errors, energies, steps }: Walk, number: Words['number']): Remark[] {
  const [first, last] = [errors[0]!, errors[steps]!];
  if (!Number.isFinite(last)) return energies.length > 0 ? [] : [{ kind: 'warning', text: 'The error is not finite at the end.' }];
  const best = errors.reduce((at, error, k) => (error < errors[at]! ? k : at), 0);
  const fell = energies.length > 0 && energies[steps]! < energies[0]!;
  if (Math.abs(last - first) <= Math.abs(first) * SAME && errors[best] === Math.min(first, last)) return [{ kind: 'note', text: `The error stays at ${number(last)}.` }];
  if (last > first) return [{ kind: 'warning', text: `The error rises from ${number(first)} to ${number(last)}${fell ? ' although the energy falls: the landscape leads away from the right answer here' : ''}.` }];
  if (last > errors[best]! * 1.05) return [{ kind: 'note', text: `The error is lowest after ${updates(best)} (${number(errors[best]!)}) and ${number(last)} at the end: the lowest energy is not quite the right answer.` }];
  return [{ kind: 'good', text: `The error falls from ${number(first)} to ${number(last)}.` }];
}

/** Steps k whose update raised the energy by more than `tolerance`. */
export function risingSteps(energies: Float32Array, tolerance: number): number[] {
  const rises: number[] = [];
  for (let k = 1; k < energies.length; k++) if (energies[k]! - energies[k - 1]! > tolerance) rises.push(k);
  return rises;
}

const updates = (k: number): string => (k === 1 ? '1 update' : `${k} updates`);
