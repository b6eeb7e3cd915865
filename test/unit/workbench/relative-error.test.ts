import { describe, expect, it } from 'vitest';
import { deviation } from '../../../src-main/workbench/relative-error.ts';

describe('deviation', () => {
  it('is the norm of the difference over the norm of golden', () => {
    expect(deviation([3, 4.5], [3, 4])).toEqual({ error: 0.1, absolute: false });
    expect(deviation([1, 2], [1, 2])).toEqual({ error: 0, absolute: false });
  });

  it('is our own norm where golden is zero', () => {
    expect(deviation([3, 4], [0, 0])).toEqual({ error: 5, absolute: true });
    expect(deviation([0, 0], [0, 0])).toEqual({ error: 0, absolute: true });
  });

  it('is not a number as soon as one number is not finite', () => {
    for (const [ours, golden] of [[[NaN, 1], [1, 1]], [[1, 1], [NaN, 1]], [[Infinity, 1], [Infinity, 1]], [[1, 1], [Infinity, 1]]]) expect(deviation(ours!, golden!).error).toBeNaN();
  });

  it('does not lose small numbers to float32', () => {
    expect(deviation(Float64Array.of(1 + 1e-12), Float64Array.of(1)).error).toBeCloseTo(1e-12, 15);
  });
});
