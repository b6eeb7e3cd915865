import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Extremes, Found, lowerBound, upperBound } from '../../../../src-renderer/charts/curve/extremes.ts';
import { smooth, smoothed } from '../../../../src-renderer/charts/curve/smooth.ts';
import { sparkPath } from '../../../../src-renderer/charts/curve/spark.ts';
import { BREAK, thin } from '../../../../src-renderer/charts/curve/thin.ts';

const value = fc.oneof({ weight: 8, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) }, { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity) });
const curve = fc.tuple(fc.array(value, { minLength: 1, maxLength: 4000 }), fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: 50 })).map(([y, step, gap]) => {
  let at = 0;
  return { x: Float64Array.from(y, (_, k) => (at += 1 + ((k * step) % (gap + 1)))), y: Float64Array.from(y) };
});

describe('extremes', () => {
  it('of any stretch are those of a plain loop, indexed or not', () => {
    const long = Float64Array.from({ length: 10_000 }, (_, k) => (k % 997 === 5 ? NaN : Math.sin(k * 12.9898) * 43758.5453 % 1));
    const index = new Extremes(long);
    fc.assert(fc.property(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 10_000 }), (a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const found = new Found();
      index.find(from, to, found);
      const finite = long.subarray(from, to).filter(Number.isFinite);
      expect(found.min).toBe(finite.reduce((least, v) => Math.min(least, v), Infinity));
      expect(found.max).toBe(finite.reduce((most, v) => Math.max(most, v), -Infinity));
      expect(found.broken).toBe(finite.length < to - from);
      if (finite.length > 0) expect([long[found.least], long[found.greatest]]).toEqual([found.min, found.max]);
    }));
  });

  it('bounds in rising arrays', () => {
    const x = Float64Array.of(1, 2, 2, 5);
    expect([lowerBound(x, 2), upperBound(x, 2), lowerBound(x, 0), upperBound(x, 9), lowerBound(x, 3)]).toEqual([1, 3, 0, 4, 3]);
  });
});

describe('thinning', () => {
  it('keeps the exact extremes of every pixel column, in order, and never invents', () => {
    fc.assert(
      fc.property(curve, fc.integer({ min: 1, max: 300 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), ({ x, y }, columns, a, b) => {
        const span = x.at(-1)! - x[0]!;
        const [low, high] = [x[0]! + Math.min(a, b) * span, x[0]! + Math.max(a, b) * span];
        const chosen = [...thin(x, y, low, high, columns)];
        const indices = chosen.filter((k) => k !== BREAK);
        expect(indices.every((k, i) => Number.isFinite(y[k]) && (i === 0 || k > indices[i - 1]!))).toBe(true);
        expect(chosen.length).toBeLessThanOrEqual(4 * columns + 16);
        const width = (high - low) / columns;
        const kept = new Set(indices);
        for (let column = 0; column < columns; column++) {
          const inside = [...x.keys()].filter((k) => x[k]! >= low + column * width && x[k]! < low + (column + 1) * width && Number.isFinite(y[k]));
          if (inside.length === 0) continue;
          const values = inside.map((k) => y[k]!);
          const shown = inside.filter((k) => kept.has(k)).map((k) => y[k]!);
          expect(Math.min(...shown)).toBe(Math.min(...values));
          expect(Math.max(...shown)).toBe(Math.max(...values));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('breaks the line wherever a value is not finite', () => {
    fc.assert(
      fc.property(curve, fc.integer({ min: 1, max: 200 }), ({ x, y }, columns) => {
        const chosen = [...thin(x, y, x[0]!, x.at(-1)!, columns)];
        for (let i = 1; i < chosen.length; i++) {
          const [before, now] = [chosen[i - 1]!, chosen[i]!];
          if (before === BREAK || now === BREAK) continue;
          const between = y.subarray(before, now).some((v) => !Number.isFinite(v));
          // Inside one column a gap has no width to be seen; between columns it must be one.
          const width = (x.at(-1)! - x[0]!) / columns || 1;
          const columnOf = (at: number): number => Array.from({ length: columns }, (_, c) => x[0]! + (c + 1) * width).findIndex((edge) => at < edge);
          if (columnOf(x[before]!) !== columnOf(x[now]!)) expect(between).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps a neighbour on each side, so that lines run to the edge of a window', () => {
    const x = Float64Array.of(0, 10, 20, 30, 40);
    expect([...thin(x, x, 12, 18, 100)]).toEqual([1, 2]);
    expect([...thin(x, x, 10, 20, 100)]).toEqual([0, 1, 2, 3]);
  });

  it('finds one high sample among a million', () => {
    const x = Float64Array.from({ length: 1_000_000 }, (_, k) => k);
    const y = new Float64Array(1_000_000).fill(1);
    y[765_432] = 9;
    expect([...thin(x, y, 0, 999_999, 800)]).toContain(765_432);
  });
});

describe('smoothing', () => {
  it('is the debiased average of a plain loop', () => {
    fc.assert(fc.property(fc.array(value, { maxLength: 200 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (values, weight) => {
      const got = smooth(Float64Array.from(values), weight);
      let t = 0;
      for (const [k, y] of values.entries()) {
        if (!Number.isFinite(y)) {
          expect(got[k]).toBe(y);
          continue;
        }
        t++;
        // Σ w^(t−i) (1 − w) y_i / (1 − w^t) over the finite values so far.
        const past = values.slice(0, k + 1).filter(Number.isFinite);
        const sum = past.reduce((total, v, i) => total + weight ** (t - 1 - i) * (1 - weight) * v, 0);
        expect(got[k]).toBeCloseTo(sum / (1 - weight ** t), 4);
      }
    }));
  });

  it('begins at the first value, keeps a constant, and is off at 0', () => {
    expect(smooth(Float64Array.of(5, 1), 0.9)[0]).toBeCloseTo(5, 12);
    expect([...smooth(Float64Array.of(2, 2, NaN, 2), 0.99)].map((v) => Math.round(v * 1e9) / 1e9)).toEqual([2, 2, NaN, 2]);
    const y = Float64Array.of(1, 2);
    expect(smooth(y, 0)).toBe(y);
  });

  it('is remembered for an array and a weight', () => {
    const y = Float64Array.of(1, 2, 3);
    expect(smoothed(y, 0.5)).toBe(smoothed(y, 0.5));
    expect([...smoothed(y, 0.6)]).not.toEqual([...smoothed(y, 0.5)]);
  });
});

describe('a sparkline', () => {
  it('fills its box, breaks at NaN, and shows a lone value', () => {
    const points = sparkPath([1, 2, NaN, 3, NaN], 100, 20, false);
    expect(points.filter(({ start }) => start)).toHaveLength(2);
    expect(points[0]).toEqual({ x: 2, y: 18, start: true });
    expect(points.some(({ y }) => y === 2)).toBe(true);
    expect(sparkPath([7], 100, 20, true).map(({ x, y }) => [Math.round(x), y])).toEqual([[50, 10], [50, 10]]);
    expect(sparkPath([], 100, 20, true)).toEqual([]);
  });

  it('with log puts decades at equal distances, and stays linear where a value is not above zero', () => {
    const heights = (values: number[]): number[] => sparkPath(values, 100, 22, true).map(({ y }) => y);
    expect(heights([1, 10, 100])).toEqual([20, 11, 2]);
    expect(heights([0, 50, 100])).toEqual([20, 11, 2]);
  });
});
