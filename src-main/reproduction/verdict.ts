import type { ReproductionCell, ReproductionRow } from '../contract/api/reproduce.ts';

/** Which of the columns that can be compared are fine, in words: all, none, or by their titles. */
function standing(fine: readonly string[], of: readonly string[]): 'all' | 'some' | 'none' | null {
  return of.length === 0 ? null : fine.length === of.length ? 'all' : fine.length === 0 ? 'none' : 'some';
}

/** Published errors are rounded: ours reaches one when it is no higher after rounding to as many significant digits. */
export function reaches(ours: number, published: number): boolean {
  const digits = Math.max(1, String(published).replace(/e.*$/, '').replaceAll(/^-?0?\.?0*|\./g, '').length);
  return Number(ours.toPrecision(digits)) <= published;
}

/**
 * A row against the published errors and against the lowest trivial answer, column by column. A mean that is not a finite number
 * reaches nothing and beats nothing.
 */
export function verdictOf(cells: readonly ReproductionCell[], titles: ReadonlyMap<string, string>): ReproductionRow['verdict'] {
  const measured = cells.filter(({ mean }) => mean !== null);
  const named = (some: readonly ReproductionCell[]) => some.map(({ column }) => titles.get(column) ?? column);
  const comparable = measured.filter(({ published }) => published !== null);
  const reaching = comparable.filter(({ mean, published }) => reaches(mean!, published!));
  const against = measured.filter(({ references }) => references.length > 0);
  const beating = against.filter(({ mean, references }) => mean! < references[0]!.error);
  const published = standing(named(reaching), named(comparable));
  const trivial = standing(named(beating), named(against));
  const where = (some: readonly ReproductionCell[]) => named(some).map((title) => title.toLowerCase()).join('; ');
  const beaten = against.filter((cell) => !beating.includes(cell));
  const lowest = [...new Set(beaten.map(({ references }) => references[0]!.label))].join(', ');
  const words = [
    published === null ? '' : published === 'all' ? 'reaches the published error' : published === 'none' ? 'misses the published error' : `reaches the published error (${where(reaching)}), misses it otherwise`,
    trivial === null ? '' : trivial === 'all' ? 'beats every trivial answer' : trivial === 'none' ? `does not beat ${lowest}` : `beats every trivial answer, but not ${lowest} (${where(beaten)})`,
  ];
  return {
    published: published && ({ all: 'reaches', some: 'partly', none: 'misses' } as const)[published],
    trivial: trivial && ({ all: 'beats', some: 'partly', none: 'does not beat' } as const)[trivial],
    text: words.filter((word) => word !== '').join('; '),
  };
}
