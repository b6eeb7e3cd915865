import type { TrivialReference } from '../../src-main/contract/api/shapes.ts';

/** Where an error stands against the lowest trivial answer on the same problems. */
export interface Standing {
  readonly lowest: TrivialReference;
  /** Error over the lowest trivial error; infinite when that is exactly 0. NaN for an error that is NaN. */
  readonly ratio: number;
  /** Only a lower error beats: an equal one and NaN do not. */
  readonly beaten: boolean;
}

/** @returns undefined when there is no error yet, or nothing trivial to compare with */
export function standing(error: number | null, references: readonly TrivialReference[], difficulty: TrivialReference['difficulty']): Standing | undefined {
  if (error === null) return undefined;
  const there = references.filter((reference) => reference.difficulty === difficulty && Number.isFinite(reference.error));
  if (there.length === 0) return undefined;
  const lowest = there.reduce((a, b) => (b.error < a.error ? b : a));
  return { lowest, ratio: error / lowest.error, beaten: error < lowest.error };
}

type Write = (value: number) => string;

/** What a trivial answer is, in few words: "a linear map (A + B)" is a linear map. */
const shortLabel = (label: string): string => label.replace(/^an? /, '').replace(/ \(.*\)$/, '');

/** The standing in a few words, for beside the error: "0.48×" the lowest trivial error, or which trivial answer is exact: there is no ratio to 0. */
export function shortStanding({ ratio, lowest }: Standing, write: Write): string {
  if (Number.isNaN(ratio)) return 'NaN';
  return lowest.error === 0 ? `${shortLabel(lowest.label)}: 0` : `${write(ratio)}×`;
}

/** The standing in words that promise nothing: what is beaten, what is not, by which numbers. */
export function standingWords(error: number, references: readonly TrivialReference[], difficulty: TrivialReference['difficulty'], write: Write): string {
  const there = references.filter((reference) => reference.difficulty === difficulty);
  const list = (wanted: readonly TrivialReference[]) => wanted.map(({ label, error: level }) => `${label} (${write(level)})`).join(', ');
  const beaten = there.filter((reference) => error < reference.error);
  const unbeaten = there.filter((reference) => !(error < reference.error));
  const where = difficulty === 'same' ? 'problems as in training' : 'harder problems';
  const lines = [`Mean squared error ${write(error)} on the probe’s ${where}.`];
  if (there.length === 0) lines.push('No trivial answer is known for them yet.');
  if (unbeaten.length > 0) lines.push(`Does NOT beat ${list(unbeaten)}.`);
  if (unbeaten.some((reference) => reference.error === 0)) lines.push('An answer with error 0 is exact: nothing can beat it here.');
  if (beaten.length > 0) lines.push(`Beats ${list(beaten)}.`);
  return lines.join('\n');
}
