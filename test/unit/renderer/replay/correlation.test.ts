import { describe, expect, it } from 'vitest';
import { rankCorrelation } from '../../../../src-renderer/features/replay/correlation.ts';

describe('rank correlation', () => {
  it('is 1 for any growing relation and −1 for any falling one', () => {
    const a = Float64Array.of(1, 2, 3, 4);
    expect(rankCorrelation(a, a.map((v) => Math.exp(v)))).toBeCloseTo(1, 12);
    expect(rankCorrelation(a, a.map((v) => -(v ** 3)))).toBeCloseTo(-1, 12);
  });

  it('gives equal values their mean rank', () => {
    // Ranks 0, 1.5, 1.5, 3 against 0 … 3: Pearson's of these is 4.5 / sqrt(4.5 · 5) = 0.948683…
    expect(rankCorrelation(Float64Array.of(1, 2, 2, 3), Float64Array.of(1, 2, 3, 4))).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
  });

  it('leaves out what is not finite, and is NaN where nothing varies', () => {
    expect(rankCorrelation(Float64Array.of(1, NaN, 2, 3), Float64Array.of(3, 9, 2, 1))).toBeCloseTo(-1, 12);
    expect(rankCorrelation(Float64Array.of(1, 1, 1), Float64Array.of(1, 2, 3))).toBeNaN();
    expect(rankCorrelation(Float64Array.of(1), Float64Array.of(1))).toBeNaN();
  });
});
