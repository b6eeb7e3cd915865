import type { ProbeCurve } from '../../../../src-main/contract/api/series.ts';
import type { TrivialReference } from '../../../../src-main/contract/api/shapes.ts';
import type { LineSeries, ReferenceLine } from '../../../charts/types.ts';
import { ghosts, type Difficulty, type Shelf } from '../data/shelf.ts';

/** Colours for the theme at hand. */
export interface Paint {
  readonly run: string;
  readonly muted: string;
}

export type Quantity = 'energy' | 'error';

const WORDS: Readonly<Record<Difficulty, string>> = { same: 'as in training', harder: 'harder' };
const means = (curve: ProbeCurve, quantity: Quantity): Float64Array => (quantity === 'energy' ? curve.meanEnergies : curve.meanErrors);
const deviations = (curve: ProbeCurve, quantity: Quantity): Float64Array => (quantity === 'energy' ? curve.energyDeviations : curve.errorDeviations);

/** 0, 1, 2 … so many; shared by all curves of a length. */
const counts = new Map<number, Float64Array>();
export function stepsUpTo(length: number): Float64Array {
  let steps = counts.get(length);
  if (!steps) counts.set(length, (steps = Float64Array.from({ length }, (_, k) => k)));
  return steps;
}

/**
 * The curves of one quantity against the reasoning step: earlier probes as ghosts, then harder problems (lighter), then those as in
 * training with their band.
 */
export function probeLines(shelf: Shelf, shown: number, quantity: Quantity, difficulties: readonly Difficulty[], { run, muted }: Paint): LineSeries[] {
  const lines: LineSeries[] = [];
  for (const difficulty of ['harder', 'same'] as const) {
    if (!difficulties.includes(difficulty)) continue;
    const light = difficulty === 'harder';
    // Ghosts of both would be a tangle: those of the problems as in training are drawn, or of the harder ones alone.
    if (!light || difficulties.length === 1) {
      for (const { curve, opacity } of ghosts(shelf[difficulty], shown)) {
        const y = means(curve, quantity);
        if (y.length > 0) lines.push({ key: `ghost-${difficulty}-${curve.iteration}`, label: `Iteration ${curve.iteration}`, x: stepsUpTo(y.length), y, colour: muted, width: 1, opacity, background: true, exact: true });
      }
    }
    const curve = shelf[difficulty].find(({ iteration }) => iteration === shown);
    if (!curve) continue;
    const y = means(curve, quantity);
    if (y.length === 0) continue;
    const deviation = deviations(curve, quantity);
    lines.push({
      key: difficulty,
      label: WORDS[difficulty].replace(/^./, (letter) => letter.toUpperCase()),
      x: stepsUpTo(y.length),
      y,
      colour: run,
      width: light ? 1 : 2,
      opacity: light ? 0.75 : 1,
      exact: true,
      ...(deviation.length === y.length && !light ? { band: { low: y.map((mean, k) => mean - deviation[k]!), high: y.map((mean, k) => mean + deviation[k]!), meaning: `± standard deviation over ${curve.problems} problems` } } : {}),
    });
  }
  return lines;
}

/** Energies along the newest training walk, thin: k runs over the training's own steps. */
export function walkLine(walk: { readonly iteration: number; readonly mean: Float64Array } | undefined, { muted }: Paint): LineSeries[] {
  return walk && walk.mean.length > 0 ? [{ key: 'walk', label: 'Training rows, newest iteration', x: stepsUpTo(walk.mean.length), y: walk.mean, colour: muted, width: 1.25, dash: [1, 3], exact: true }] : [];
}

/** Levels of trivial answers for the difficulties in sight; where both are, each says which it is. A level that both share is drawn once. */
export function referenceLines(references: readonly TrivialReference[], difficulties: readonly Difficulty[]): ReferenceLine[] {
  const shown = references.filter(({ difficulty }) => difficulties.includes(difficulty));
  const both = new Set(shown.map(({ difficulty }) => difficulty)).size > 1;
  const isShared = ({ name, difficulty, error }: TrivialReference) => shown.some((other) => other.name === name && other.difficulty !== difficulty && other.error === error);
  return shown.filter((reference) => reference.difficulty === 'same' || !isShared(reference)).map((reference) => ({ y: reference.error, label: both && reference.difficulty === 'harder' ? `${reference.label}, harder` : reference.label }));
}
