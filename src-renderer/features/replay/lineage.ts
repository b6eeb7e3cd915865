import type { LineageVisit } from '../../../src-main/contract/api/replay.ts';

/** A problem's visits as one curve. */
export interface Chain {
  /** Cumulative updates. A visit begins where the one before ended: the same answer, so the same x, but newer weights. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Cumulative updates (or the number of visits, where there are no energies) at which the visits ended, and the error of the answer that each stored. */
  readonly ends: Float64Array;
  readonly errors: Float64Array;
  readonly starts: readonly { readonly x: number; readonly visit: LineageVisit }[];
}

/** Lays the energies of consecutive visits one after another. Where none has energies (of a method without them) the visits are counted. */
export function chain(visits: readonly LineageVisit[]): Chain {
  const x: number[] = [];
  const y: number[] = [];
  const starts: Chain['starts'][number][] = [];
  const ends: number[] = [];
  const counted = visits.every(({ visit }) => visit.length === 0);
  let updates = 0;
  for (const visit of visits) {
    starts.push({ x: updates, visit });
    visit.visit.forEach((energy, k) => {
      x.push(updates + k);
      y.push(energy);
    });
    updates += counted ? 1 : Math.max(0, visit.visit.length - 1);
    ends.push(updates);
  }
  return { x: Float64Array.from(x), y: Float64Array.from(y), ends: Float64Array.from(ends), errors: Float64Array.from(visits, ({ error }) => error), starts };
}

/**
 * Generations of a problem that are missing from its chain, as intervals with both ends: ancestors are forgotten when a batch larger than
 * the buffer overwrote them at once, or with a run's start from another's checkpoint.
 */
export function forgotten(visits: readonly Pick<LineageVisit, 'generation'>[]): (readonly [number, number])[] {
  const gaps: (readonly [number, number])[] = [];
  let next = 0;
  for (const { generation } of visits) {
    if (generation > next) gaps.push([next, generation - 1]);
    next = generation + 1;
  }
  return gaps;
}

/** What is forgotten, in words; empty when every visit is known. */
export function forgottenText(visits: readonly Pick<LineageVisit, 'generation'>[]): string {
  const gaps = forgotten(visits);
  if (gaps.length === 0) return '';
  const named = gaps.map(([from, to]) => (from === to ? `generation ${from}` : `generations ${from} to ${to}`));
  return `Forgotten and not drawn: ${named.join(', ')}. Their entries were overwritten and are no longer known.`;
}
