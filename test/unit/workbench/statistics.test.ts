import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distributionOf, spearman } from '../../../src-main/workbench/statistics.ts';

describe('a distribution', () => {
  it('has the mean, its interval and quantiles, by hand', () => {
    // Mean 3, sample deviation √2.5, half width 1.96 · √(2.5/5).
    const { mean, low, high, quantiles } = distributionOf(Float64Array.of(5, 1, 4, 2, 3));
    expect(mean).toBe(3);
    expect(high - 3).toBeCloseTo(1.959964 * Math.sqrt(0.5), 5);
    expect(3 - low).toBeCloseTo(1.959964 * Math.sqrt(0.5), 5);
    expect(quantiles.map((value) => +value.toFixed(10))).toEqual([1.2, 2, 3, 4, 4.8]);
  });

  it('covers the true mean about 95 times in 100', () => {
    let covered = 0;
    let seed = 1;
    const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
    for (let trial = 0; trial < 2000; trial++) {
      const { low, high } = distributionOf(Float64Array.from({ length: 200 }, random));
      if (low <= 0.5 && 0.5 <= high) covered++;
    }
    expect(covered / 2000).toBeGreaterThan(0.93);
    expect(covered / 2000).toBeLessThan(0.97);
  });

  it('keeps what is not a number', () => {
    const { mean, quantiles } = distributionOf(Float32Array.of(1, NaN, 2));
    expect(mean).toBeNaN();
    expect(quantiles[0]).toBeLessThan(2);
    expect(quantiles[4]).toBeNaN();
  });
});

describe('rank correlation', () => {
  it('is 1 for any rising map and −1 for any falling one', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 50 }), (values) => {
        expect(spearman(values, values.map((value) => value ** 3 + 5))).toBeCloseTo(1, 12);
        expect(spearman(values, values.map((value) => -(value ** 3)))).toBeCloseTo(-1, 12);
      }),
    );
  });

  it('gives ties their mean rank, by hand', () => {
    // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / √(4.5 · 5).
    expect(spearman([1, 2, 2, 3], [10, 20, 30, 40])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
  });

  it('equals 1 − 6 Σd² / n(n² − 1) without ties', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...Array(12).keys()], { minLength: 12 }), (order) => {
        const squares = order.reduce((sum, value, i) => sum + (value - i) ** 2, 0);
        expect(spearman(order, [...order.keys()])).toBeCloseTo(1 - (6 * squares) / (12 * 143), 12);
      }),
    );
  });

  it('is unknown where nothing varies', () => {
    expect(spearman([1, 1, 1], [1, 2, 3])).toBeNaN();
    expect(spearman([1], [1])).toBeNaN();
  });
});
