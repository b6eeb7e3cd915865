import { describe, expect, it } from 'vitest';
import { FIRST_SORT, nextSort, sortRows } from '../../../../src-renderer/features/replay/sort.ts';

describe('sort', () => {
  const values = Float64Array.of(2, NaN, -1, 2, Infinity, NaN);
  const all = Uint32Array.of(0, 1, 2, 3, 4, 5);

  it('puts NaN last whichever way, and keeps equal ones in order of uid', () => {
    expect([...sortRows(all, values, false)]).toEqual([2, 0, 3, 4, 1, 5]);
    expect([...sortRows(all, values, true)]).toEqual([4, 0, 3, 2, 1, 5]);
  });

  it('sorts a part without touching what it got', () => {
    const part = Uint32Array.of(3, 2);
    expect([...sortRows(part, values, false)]).toEqual([2, 3]);
    expect([...part]).toEqual([3, 2]);
  });

  it('turns round on the second click', () => {
    const first = nextSort(FIRST_SORT, 'uses');
    expect(first).toEqual({ column: 'uses', descending: true });
    expect(nextSort(first, 'uses')).toEqual({ column: 'uses', descending: false });
    expect(nextSort(first, 'energy')).toEqual({ column: 'energy', descending: false });
  });

  it('orders ten thousand entries', () => {
    const many = Float64Array.from({ length: 10_000 }, (_, i) => (i * 7919) % 10_007);
    const sorted = sortRows(Uint32Array.from(many.keys()), many, true);
    for (let i = 1; i < sorted.length; i++) expect(many[sorted[i - 1]!]!).toBeGreaterThanOrEqual(many[sorted[i]!]!);
  });
});
