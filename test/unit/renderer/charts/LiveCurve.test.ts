import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LiveCurve } from '../../../../src-renderer/charts/LiveCurve.ts';

const value = fc.oneof({ weight: 10, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) }, { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity) });
/** Batches of (gap to the next x, value). */
const batches = fc.array(fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), value), { maxLength: 60 }), { maxLength: 30 });

function fed(parts: readonly (readonly (readonly [number, number])[])[], capacity: number): { curve: LiveCurve; x: number[]; y: number[] } {
  const curve = new LiveCurve(capacity);
  const x: number[] = [];
  const y: number[] = [];
  let at = -1;
  for (const part of parts) {
    const from = x.length;
    for (const [gap, v] of part) {
      x.push((at += gap));
      y.push(v);
    }
    curve.append(x.slice(from), y.slice(from));
  }
  return { curve, x, y };
}

describe('a live curve', () => {
  it('keeps extremes, the newest, and every kind of gap, in bounded room, and only what was measured', () => {
    fc.assert(
      fc.property(batches, fc.integer({ min: 2, max: 40 }), (parts, capacity) => {
        const { curve, x, y } = fed(parts, capacity);
        const { points } = curve;
        expect(curve.total).toBe(x.length);
        expect(points.x.length).toBeLessThanOrEqual(3 * capacity + 1);
        const measured = new Map(x.map((at, k) => [at, y[k]!]));
        for (const [k, at] of points.x.entries()) {
          expect(points.y[k]).toBe(measured.get(at));
          if (k > 0) expect(at).toBeGreaterThan(points.x[k - 1]!);
        }
        if (x.length === 0) return;
        expect(points.x.at(-1)).toBe(x.at(-1));
        const finite = y.filter(Number.isFinite);
        const kept = [...points.y].filter(Number.isFinite);
        expect(Math.min(Infinity, ...kept)).toBe(Math.min(Infinity, ...finite));
        expect(Math.max(-Infinity, ...kept)).toBe(Math.max(-Infinity, ...finite));
        expect(kept.length < points.y.length).toBe(finite.length < y.length);
        // The same in every window of the width it has now.
        for (const [k, at] of x.entries()) {
          const same = (other: number): boolean => Math.floor(other / curve.width) === Math.floor(at / curve.width);
          const inside = [...points.x.keys()].filter((i) => same(points.x[i]!)).map((i) => points.y[i]!);
          const here = y[k]!;
          if (Number.isFinite(here)) {
            expect(Math.min(...inside.filter(Number.isFinite))).toBeLessThanOrEqual(here);
            expect(Math.max(...inside.filter(Number.isFinite))).toBeGreaterThanOrEqual(here);
          } else expect(inside.some((v) => !Number.isFinite(v))).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is the curve itself while there is room', () => {
    const curve = new LiveCurve(10);
    curve.append([0, 1, 2], [5, NaN, 3]);
    curve.append([2, 3], [99, 4]);
    expect(curve.points).toEqual({ x: Float64Array.of(0, 1, 2, 3), y: Float64Array.of(5, NaN, 3, 4) });
    expect(curve.width).toBe(1);
  });

  it('after a day of 100 iterations a second is as small as before', () => {
    const curve = new LiveCurve(512);
    const chunk = 50_000;
    let worst = 0;
    for (let k = 0; k < 8_640_000 / chunk; k++) {
      const x = Float64Array.from({ length: chunk }, (_, i) => k * chunk + i);
      curve.append(x, x.map((at) => Math.exp(-at / 1e6)));
      worst = Math.max(worst, curve.points.x.length);
    }
    expect(worst).toBeLessThanOrEqual(3 * 512 + 1);
    expect(curve.points.x.length).toBeGreaterThan(256);
    expect(Math.log2(curve.width) % 1).toBe(0);
    expect(curve.points.y[0]).toBe(1);
  });

  it('hands out arrays that never change, and the same ones while nothing happens', () => {
    const curve = new LiveCurve(4);
    curve.append([0], [1]);
    const { x } = curve.points;
    expect(curve.points.x).toBe(x);
    curve.append([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([...x]).toEqual([0]);
    curve.clear();
    expect(curve.points.x).toHaveLength(0);
    expect([curve.width, curve.newest, curve.total]).toEqual([1, -Infinity, 0]);
  });

  it('refuses a capacity that cannot work', () => {
    expect(() => new LiveCurve(1)).toThrow('at least 2');
    expect(() => new LiveCurve(2.5)).toThrow(RangeError);
  });
});
