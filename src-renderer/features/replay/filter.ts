import type { Column, Entries } from './entries.ts';

/** An interval, both ends included. */
export type Range = readonly [low: number, high: number];

/** Which entries are shown: those inside every range, and only false minima when that is asked for. */
export interface Filter {
  readonly ranges: Readonly<Partial<Record<Column, Range>>>;
  readonly falseMinima: boolean;
}

export const NO_FILTER: Filter = { ranges: {}, falseMinima: false };

export const isFiltered = (filter: Filter): boolean => filter.falseMinima || Object.keys(filter.ranges).length > 0;

/** The filter with another range for a column; null takes it away. */
export function withRange(filter: Filter, column: Column, range: Range | null): Filter {
  const { [column]: _, ...others } = filter.ranges;
  return { ...filter, ranges: range ? { ...others, [column]: range } : others };
}

/**
 * Rows that pass, in order of uid. NaN lies in no range.
 *
 * @param falseMinima 1 for each entry that is one
 * @param except a column whose range is left out: what its histogram shows
 */
export function filterRows(entries: Pick<Entries, 'count' | 'columns'>, filter: Filter, falseMinima: Uint8Array, except?: Column): Uint32Array<ArrayBuffer> {
  const ranges = (Object.entries(filter.ranges) as [Column, Range][]).filter(([column]) => column !== except).map(([column, [low, high]]) => ({ values: entries.columns[column], low, high }));
  const rows = new Uint32Array(entries.count);
  let kept = 0;
  for (let row = 0; row < entries.count; row++) {
    if (filter.falseMinima && falseMinima[row] === 0) continue;
    let inside = true;
    for (const { values, low, high } of ranges) inside &&= values[row]! >= low && values[row]! <= high;
    if (inside) rows[kept++] = row;
  }
  return rows.slice(0, kept);
}

/** The values of some rows. */
export function pick(values: Float64Array, rows: Uint32Array): Float64Array {
  const picked = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i]!]!;
  return picked;
}

const NUMBER = '[−-]?\\d[\\d\u202f]*(?:\\.\\d+)?(?:e[+-]?\\d+)?';
const toNumber = (text: string): number => Number(text.replaceAll('−', '-').replaceAll('\u202f', ''));

/**
 * A range as a person types it: "17", "2-5", "2 to 5", ">= 4", "< 100". For whole numbers, as all typed columns hold: "> 4" is "5 or more".
 *
 * @returns null for an empty text; undefined for one that is no range
 */
export function parseRange(text: string): Range | null | undefined {
  const plain = text.trim().replaceAll(/(\d),(?=\d{3})/g, '$1').toLowerCase();
  if (plain === '') return null;
  const one = new RegExp(`^(<=|>=|<|>|≤|≥|=)?\\s*(${NUMBER})$`).exec(plain);
  if (one) {
    const value = toNumber(one[2]!);
    switch (one[1]) {
      case '<':
        return [-Infinity, Math.ceil(value) - 1];
      case '>':
        return [Math.floor(value) + 1, Infinity];
      case '<=':
      case '≤':
        return [-Infinity, value];
      case '>=':
      case '≥':
        return [value, Infinity];
      default:
        return [value, value];
    }
  }
  const two = new RegExp(`^(${NUMBER})\\s*(?:-|–|…|\\.\\.|to)\\s*(${NUMBER})$`).exec(plain);
  if (!two) return undefined;
  const ends = [toNumber(two[1]!), toNumber(two[2]!)] as const;
  return ends[0] <= ends[1] ? ends : [ends[1], ends[0]];
}

/** A range as `parseRange` reads it. */
export function formatRange(range: Range | null | undefined): string {
  if (!range) return '';
  const [low, high] = range;
  if (low === high) return String(low);
  if (low === -Infinity) return `≤ ${high}`;
  if (high === Infinity) return `≥ ${low}`;
  return `${low} to ${high}`;
}
