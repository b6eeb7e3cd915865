import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { haltingLines, truncatedGeometric } from '../../../../src-renderer/features/live/charts/halting-lines.ts';

describe('the distribution of halting', () => {
  it('is pulled towards a geometric one that is cut after N steps', () => {
    expect([...truncatedGeometric(1)]).toEqual([1]);
    // p ∝ 1/2, 1/4 for N = 2.
    expect(truncatedGeometric(2)[0]).toBeCloseTo(2 / 3, 12);
    expect(truncatedGeometric(2)[1]).toBeCloseTo(1 / 3, 12);
    fc.assert(fc.property(fc.integer({ min: 2, max: 200 }), (steps) => {
      const p = truncatedGeometric(steps);
      expect(p.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 10);
      for (let k = 1; k < steps; k++) expect(p[k]! / p[k - 1]!).toBeCloseTo(1 - 1 / steps, 10);
    }));
  });

  it('is drawn as of the newest iteration, beside what it is pulled towards', () => {
    const recorded: Record<string, number[]> = { 'halting/1': [0.9, 0.5], 'halting/2': [0.1, 0.3], 'halting/3': [0, 0.2] };
    const [prior, halting] = haltingLines(3, (metric) => ({ x: Float64Array.of(1, 2), y: Float64Array.from(recorded[metric]!) }), { run: 'blue', muted: 'grey' });
    expect([...halting!.x]).toEqual([1, 2, 3]);
    expect([...halting!.y]).toEqual([0.5, 0.3, 0.2]);
    expect(halting!.stems).toBe(true);
    expect(prior!.dash).toBeDefined();
  });

  it('is nothing before the first iteration, not zeros', () => {
    expect(haltingLines(3, () => ({ x: new Float64Array(0), y: new Float64Array(0) }), { run: 'blue', muted: 'grey' })).toEqual([]);
  });
});
