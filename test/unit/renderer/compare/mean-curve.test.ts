import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meanCurve, type Curve } from '../../../../src-renderer/features/compare/groups/mean-curve.ts';
import { summarise } from '../../../../src-renderer/features/compare/groups/statistics.ts';

const curve = (points: readonly (readonly [number, number])[]): Curve => ({ x: Float64Array.from(points, ([x]) => x), y: Float64Array.from(points, ([, y]) => y) });

describe('the mean over runs', () => {
  test('of equal grids is mean and sample deviation, point by point', () => {
    const mean = meanCurve([curve([[1, 1], [2, 10]]), curve([[1, 3], [2, 10]]), curve([[1, 8], [2, 40]])]);
    expect([...mean.x]).toEqual([1, 2]);
    expect([...mean.y]).toEqual([4, 20]);
    // Deviations by hand: sqrt((9 + 1 + 16) / 2) and sqrt((100 + 100 + 400) / 2).
    expect(mean.high[0]! - mean.y[0]!).toBeCloseTo(Math.sqrt(13), 12);
    expect(mean.y[1]! - mean.low[1]!).toBeCloseTo(Math.sqrt(300), 12);
    expect([...mean.n]).toEqual([3, 3]);
    expect(mean.contributions).toEqual([{ x: 1, n: 3, notYet: [], ended: [], nonFinite: [] }]);
  });

  test('says from where fewer contribute', () => {
    const mean = meanCurve([curve([[1, 1], [2, 1], [3, 1], [4, 1]]), curve([[1, 3], [2, 3]]), curve([[2, 5], [3, 5], [4, 5]])]);
    expect([...mean.y]).toEqual([2, 3, 3, 3]);
    expect([...mean.n]).toEqual([2, 3, 2, 2]);
    expect(mean.contributions).toEqual([
      { x: 1, n: 2, notYet: [2], ended: [], nonFinite: [] },
      { x: 2, n: 3, notYet: [], ended: [], nonFinite: [] },
      { x: 3, n: 2, notYet: [], ended: [1], nonFinite: [] },
    ]);
  });

  test('leaves out a member that is not finite, and tells which', () => {
    const mean = meanCurve([curve([[1, 1], [2, 2], [3, NaN]]), curve([[1, 3], [2, Infinity], [3, NaN]])]);
    expect([...mean.y]).toEqual([2, 2, NaN]);
    expect([...mean.low]).toEqual([2 - Math.SQRT2, 2, NaN]);
    expect(mean.contributions.map(({ x, n, nonFinite }) => ({ x, n, nonFinite }))).toEqual([
      { x: 1, n: 2, nonFinite: [] },
      { x: 2, n: 1, nonFinite: [1] },
      { x: 3, n: 0, nonFinite: [0, 1] },
    ]);
  });

  test('of different intervals is made where both have a value, and after one has ended at the other\'s', () => {
    const mean = meanCurve([curve([[0, 1], [5, 1], [10, 1]]), curve([[0, 3], [2, 9], [4, 9], [5, 5], [6, 9], [8, 9], [10, 3], [12, 4]])]);
    expect([...mean.x]).toEqual([0, 5, 10, 12]);
    expect([...mean.y]).toEqual([2, 3, 2, 4]);
  });

  test('of nothing is nothing', () => {
    expect(meanCurve([]).x).toHaveLength(0);
    expect(meanCurve([curve([]), curve([])]).contributions).toEqual([]);
  });

  test('agrees with a plain computation', () => {
    const number = fc.oneof({ weight: 9, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) }, fc.constantFrom(NaN, Infinity));
    const member = fc.tuple(fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 13 }), fc.array(number, { minLength: 13, maxLength: 13 })).map(([xs, ys]) => curve(xs.sort((a, b) => a - b).map((x, i) => [x, ys[i]!] as const)));
    fc.assert(
      fc.property(fc.array(member, { maxLength: 5 }), (members) => {
        const mean = meanCurve(members);
        // Plainly: a value of a member at x is looked up; x counts when each member has it there or does not span it.
        const spans = ({ x }: Curve, at: number) => x.length > 0 && x[0]! <= at && at <= x.at(-1)!;
        const grid = [...new Set(members.flatMap(({ x }) => [...x]))].sort((a, b) => a - b).filter((at) => members.every((m) => m.x.includes(at) || !spans(m, at)));
        expect([...mean.x]).toEqual(grid);
        grid.forEach((at, i) => {
          const { mean: expected, deviation, n } = summarise(members.filter(({ x }) => x.includes(at)).map(({ x, y }) => y[x.indexOf(at)]!));
          expect(mean.n[i]).toBe(n);
          if (n === 0) expect([mean.y[i], mean.low[i], mean.high[i]]).toEqual([NaN, NaN, NaN]);
          else {
            expect(mean.y[i]).toBeCloseTo(expected, 4);
            expect(mean.high[i]! - mean.y[i]!).toBeCloseTo(deviation ?? 0, 4);
            expect(mean.y[i]! - mean.low[i]!).toBeCloseTo(deviation ?? 0, 4);
          }
        });
      }),
    );
  });
});

describe('numbers in one line', () => {
  test('NaN is counted, not averaged', () => {
    expect(summarise([1, 2, 3, NaN, Infinity])).toEqual({ mean: 2, deviation: 1, n: 3, nonFinite: 2 });
    expect(summarise([7])).toEqual({ mean: 7, deviation: null, n: 1, nonFinite: 0 });
    expect(summarise([NaN])).toEqual({ mean: NaN, deviation: null, n: 0, nonFinite: 1 });
  });
});
