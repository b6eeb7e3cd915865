import { describe, expect, it } from 'vitest';
import { fromBrush, toBrush } from '../../../../src-renderer/features/replay/brush.ts';

describe('a range on a histogram', () => {
  const values = Float64Array.of(0, 3, 12, NaN);

  it('ends where the values end', () => {
    expect(toBrush([2, Infinity], values, false)).toEqual([2, 12]);
    expect(toBrush([100, 200], values, false)).toEqual([12, 12]);
    expect(toBrush(undefined, values, false)).toBeNull();
  });

  it('covers the bins of its whole numbers, and comes back as them', () => {
    expect(toBrush([2, 5], values, true)).toEqual([1.5, 5.5]);
    expect(toBrush([-Infinity, 5], values, true)).toEqual([-0.5, 5.5]);
    expect(fromBrush([1.5, 5.5], true)).toEqual([2, 5]);
    expect(fromBrush([1.5, 5.5], false)).toEqual([1.5, 5.5]);
    expect(fromBrush(null, true)).toBeNull();
  });
});
