import { describe, expect, it } from 'vitest';
import { binsOf, countInto } from '../../../../src-renderer/charts/histogram/bins.ts';

describe('bins of whole numbers', () => {
  it('hold one number each, edges half-way between', () => {
    const { edges, counts } = binsOf(Float64Array.of(0, 1, 1, 3), false);
    expect([...edges]).toEqual([-0.5, 0.5, 1.5, 2.5, 3.5]);
    expect([...counts]).toEqual([1, 2, 0, 1]);
  });

  it('hold equally many numbers each where there are too many for a bin of their own', () => {
    const { edges, counts } = binsOf(Float64Array.from({ length: 100 }, (_, i) => i), false);
    expect(edges[1]! - edges[0]!).toBe(3);
    expect([...counts].slice(0, -1)).toEqual(Array.from({ length: counts.length - 1 }, () => 3));
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(100);
  });
});

it('other values are counted into the same bins, those that are not finite left out', () => {
  const { edges } = binsOf(Float64Array.of(0, 10, 5.5), false);
  expect(countInto(edges, Float64Array.of(0, NaN, 10, Infinity)).reduce((sum, n) => sum + n, 0)).toBe(2);
  expect(countInto(new Float64Array(0), Float64Array.of(1))).toEqual(new Float64Array(0));
});
