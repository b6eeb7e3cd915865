import { describe, expect, it } from 'vitest';
import { rowOf, withAssessment } from '../../../../src-renderer/features/replay/entries.ts';
import { summarise } from '../../../../src-renderer/features/replay/summary.ts';
import { entriesOf } from './entries-of.ts';

describe('entries', () => {
  const entries = entriesOf([{ uid: 3, born: 90, energy: 1 }, { uid: 7, born: 95, energy: 2, generation: 1 }, { uid: 20, born: 100, energy: NaN, error: Infinity, generation: 4 }]);

  it('have ages in iterations since they were stored', () => expect(entries.columns.age).toEqual(Float64Array.of(10, 5, 0)));

  it('have the fall of their visit', () => expect(entriesOf([{ uid: 1, before: 2, energy: -1 }, { uid: 2, before: NaN, energy: 1 }]).columns.fall).toEqual(Float64Array.of(3, NaN)));

  it('are found by uid', () => {
    expect([3, 7, 20].map((uid) => rowOf(entries, uid))).toEqual([0, 1, 2]);
    expect([0, 5, 21].map((uid) => rowOf(entries, uid))).toEqual([-1, -1, -1]);
  });

  it('take energies of a newer or older copy by uid; what was not assessed stays NaN', () => {
    const assessed = withAssessment(entries, { iteration: 120, uid: Float64Array.of(1, 3, 20, 44), energy: Float64Array.of(9, 0.25, -1, 9) });
    expect(assessed.columns.energyNow).toEqual(Float64Array.of(0.25, NaN, -1));
    expect(assessed.columns.energyChange).toEqual(Float64Array.of(-0.75, NaN, NaN));
    expect(assessed.assessedAt).toBe(120);
    expect(entries.columns.energyNow).toEqual(Float64Array.of(NaN, NaN, NaN));
  });

  it('are summarised with what is not finite counted', () => {
    expect(summarise(entries)).toEqual({ replayed: 2, oldestAge: 10, highestGeneration: 4, nonFiniteEnergies: 1, nonFiniteErrors: 1 });
  });
});
