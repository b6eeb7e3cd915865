import type { ProbeCurve } from '../../../../src-main/contract/api/series.ts';

export type Difficulty = ProbeCurve['difficulty'];

/** Probe curves that are kept at hand, each difficulty in order of iteration. A bounded number: a day's run has thousands of probes. */
export type Shelf = Readonly<Record<Difficulty, readonly ProbeCurve[]>>;

export const EMPTY_SHELF: Shelf = { same: [], harder: [] };
const MOST = 64;

/** The shelf with one more curve. One of the same iteration is replaced, unless that has deviations and the new one does not. */
export function withCurve(shelf: Shelf, curve: ProbeCurve, most = MOST): Shelf {
  const kept = shelf[curve.difficulty];
  const twin = kept.find(({ iteration }) => iteration === curve.iteration);
  if (twin && twin.errorDeviations.length > 0 && curve.errorDeviations.length === 0) return shelf;
  const others = twin ? kept.filter((other) => other !== twin) : kept;
  const at = others.findLastIndex(({ iteration }) => iteration < curve.iteration) + 1;
  return { ...shelf, [curve.difficulty]: thinned([...others.slice(0, at), curve, ...others.slice(at)], most) };
}

export const withCurves = (shelf: Shelf, curves: readonly ProbeCurve[]): Shelf => curves.reduce((all, curve) => withCurve(all, curve), shelf);

/** Half of the curves once there are too many: every second one, and always the first and the newest. */
function thinned(curves: readonly ProbeCurve[], most: number): readonly ProbeCurve[] {
  return curves.length <= most ? curves : curves.filter((_, place) => place === curves.length - 1 || place % 2 === 0);
}

export const curveAt = (shelf: Shelf, difficulty: Difficulty, iteration: number): ProbeCurve | undefined => shelf[difficulty].find((curve) => curve.iteration === iteration);

/**
 * Earlier curves to draw faintly behind the one shown, spread evenly from the first to the last before it, with an opacity that fades
 * with age.
 */
export function ghosts(curves: readonly ProbeCurve[], shown: number, count = 6): { readonly curve: ProbeCurve; readonly opacity: number }[] {
  const earlier = curves.filter(({ iteration }) => iteration < shown);
  const number = Math.min(count, earlier.length);
  return Array.from({ length: number }, (_, i) => {
    const place = number === 1 ? earlier.length - 1 : Math.round((i * (earlier.length - 1)) / (number - 1));
    return { curve: earlier[place]!, opacity: 0.14 + (0.36 * (i + 1)) / number };
  });
}
