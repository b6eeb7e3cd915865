import { describe, expect, it } from 'vitest';
import { FIRST_DEFINITION, markFalseMinima, percentile, thresholds } from '../../../../src-renderer/features/replay/false-minima.ts';
import { entriesOf } from './entries-of.ts';

describe('false minima', () => {
  // Median energy 3; the 75th percentile of the errors 10, 30, 40, 41, 50 is 41.
  const entries = entriesOf([{ uid: 0, energy: 1, error: 50 }, { uid: 1, energy: 2, error: 10 }, { uid: 2, energy: 3, error: 41 }, { uid: 3, energy: 4, error: 40 }, { uid: 4, energy: 5, error: 30 }]);
  const references = [{ difficulty: 'same' as const, name: 'zero', label: 'predict 0', error: 20 }, { difficulty: 'harder' as const, name: 'zero', label: 'predict 0', error: 1 }];

  it('are low in energy and high in error, by percentiles of the buffer', () => {
    const limits = thresholds(entries, FIRST_DEFINITION, []);
    expect(limits).toEqual({ energy: 3, error: 41 });
    expect([...markFalseMinima(entries, limits)]).toEqual([1, 0, 0, 0, 0]);
    expect([...markFalseMinima(entries, thresholds(entries, { ...FIRST_DEFINITION, error: { kind: 'percentile', percentile: 50 } }, []))]).toEqual([1, 0, 1, 0, 0]);
  });

  it('may be judged by a trivial answer on problems as in training', () => {
    const limits = thresholds(entries, { energyPercentile: 100, error: { kind: 'reference', name: 'zero' } }, references);
    expect(limits).toEqual({ energy: 5, error: 20 });
    expect([...markFalseMinima(entries, limits)]).toEqual([1, 0, 1, 1, 1]);
  });

  it('are none where nothing can be told', () => {
    expect([...markFalseMinima(entries, thresholds(entries, { energyPercentile: 50, error: { kind: 'reference', name: 'gone' } }, references))]).toEqual([0, 0, 0, 0, 0]);
    const broken = entriesOf([{ uid: 0, energy: NaN, error: 1 }, { uid: 1, energy: NaN, error: 2 }]);
    expect([...markFalseMinima(broken, thresholds(broken, FIRST_DEFINITION, []))]).toEqual([0, 0]);
  });

  it('count an error that is not finite as high, and an energy of NaN as not low', () => {
    const mixed = entriesOf([{ uid: 0, energy: 1, error: NaN }, { uid: 1, energy: 1, error: Infinity }, { uid: 2, energy: NaN, error: 100 }, { uid: 3, energy: 1, error: 0 }]);
    expect([...markFalseMinima(mixed, { energy: 1, error: 2 })]).toEqual([1, 1, 0, 0]);
  });

  it('percentiles lie between the nearest ranks', () => {
    const sorted = Float64Array.of(0, 10, 20, 30);
    expect([0, 50, 75, 100].map((p) => percentile(sorted, p))).toEqual([0, 15, 22.5, 30]);
    expect(percentile(new Float64Array(0), 50)).toBeNaN();
  });
});
