import { describe, expect, it } from 'vitest';
import { filterRows, formatRange, NO_FILTER, parseRange, pick, withRange } from '../../../../src-renderer/features/replay/filter.ts';
import { entriesOf } from './entries-of.ts';

describe('filter', () => {
  const entries = entriesOf([{ uid: 1, energy: 1, uses: 0 }, { uid: 2, energy: NaN, uses: 3 }, { uid: 3, energy: 3, uses: 3 }, { uid: 4, energy: 4, uses: 9 }]);
  const marks = Uint8Array.of(0, 0, 1, 1);
  const rows = (filter = NO_FILTER, except?: 'energy') => [...filterRows(entries, filter, marks, except)];

  it('lets everything pass at first', () => expect(rows()).toEqual([0, 1, 2, 3]));

  it('combines ranges, both ends included, and false minima; NaN lies in no range', () => {
    const energy = withRange(NO_FILTER, 'energy', [1, 3]);
    expect(rows(energy)).toEqual([0, 2]);
    expect(rows(withRange(energy, 'uses', [3, 9]))).toEqual([2]);
    expect(rows({ ...NO_FILTER, falseMinima: true })).toEqual([2, 3]);
    expect(rows({ ...energy, falseMinima: true })).toEqual([2]);
    expect(rows(withRange(NO_FILTER, 'energy', [-Infinity, Infinity]))).toEqual([0, 2, 3]);
  });

  it('leaves out one range for that column’s histogram', () => {
    const both = withRange(withRange(NO_FILTER, 'energy', [1, 1]), 'uses', [3, 9]);
    expect(rows(both)).toEqual([]);
    expect(rows(both, 'energy')).toEqual([1, 2, 3]);
  });

  it('forgets a range', () => expect(withRange(withRange(NO_FILTER, 'age', [1, 2]), 'age', null)).toEqual(NO_FILTER));

  it('picks values', () => expect(pick(entries.columns.uses, Uint32Array.of(3, 0))).toEqual(Float64Array.of(9, 0)));
});

describe('a typed range', () => {
  it.each([
    ['17', [17, 17]], ['= 17', [17, 17]], ['2-5', [2, 5]], ['5 to 2', [2, 5]], ['2–5', [2, 5]], ['2..5', [2, 5]], ['1,204-1,300', [1204, 1300]],
    ['>= 4', [4, Infinity]], ['≥4', [4, Infinity]], ['> 4', [5, Infinity]], ['<10', [-Infinity, 9]], ['≤ 10', [-Infinity, 10]],
  ] as const)('reads %s', (text, range) => expect(parseRange(text)).toEqual(range));

  it('says what is no range, and what is none', () => {
    for (const text of ['x', '1 2', '>', '3-', 'to 3']) expect(parseRange(text)).toBeUndefined();
    expect(parseRange('  ')).toBeNull();
  });

  it('writes what it reads', () => {
    for (const range of [[3, 3], [2, 5], [-Infinity, 4], [4, Infinity]] as const) expect(parseRange(formatRange(range))).toEqual(range);
    expect(formatRange(null)).toBe('');
  });
});
