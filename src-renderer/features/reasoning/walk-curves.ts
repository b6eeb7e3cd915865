import type { TrivialReference } from '../../../src-main/contract/api/shapes.ts';
import type { Walk } from '../../../src-main/contract/api/replay.ts';
import type { LineSeries, ReferenceLine } from '../../charts/types.ts';

/** A walk's energies and errors as curves against the number of updates. */
export function walkCurves({ energies, errors, steps }: Walk, colours: { readonly energy: string; readonly error: string }): { readonly energy: LineSeries[]; readonly error: LineSeries[] } {
  const x = Float64Array.from({ length: steps + 1 }, (_, k) => k);
  return {
    energy: energies.length === 0 ? [] : [{ key: 'energy', label: 'Energy', x, y: Float64Array.from(energies), colour: colours.energy, exact: true }],
    error: errors.length === 0 ? [] : [{ key: 'error', label: 'Error', x, y: Float64Array.from(errors), colour: colours.error, exact: true }],
  };
}

/** Trivial answers' levels for problems of one difficulty; a level of 0 cannot be drawn on a logarithmic axis and is said in words. */
export function referenceLines(references: readonly TrivialReference[], difficulty: 'same' | 'harder'): { readonly lines: ReferenceLine[]; readonly exact: string[] } {
  const own = references.filter((reference) => reference.difficulty === difficulty);
  return { lines: own.filter(({ error }) => error > 0).map(({ error, label }) => ({ y: error, label })), exact: own.filter(({ error }) => error === 0).map(({ label }) => label) };
}
