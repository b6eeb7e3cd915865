import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usableScale } from '../../../../src-renderer/charts/scale/choose.ts';
import { roomyRange } from '../../../../src-renderer/charts/scale/range.ts';
import { fittingTicks } from '../../../../src-renderer/charts/scale/fit-ticks.ts';
import { tickLabels, valueLabels } from '../../../../src-renderer/charts/scale/tick-labels.ts';
import { MOST_TICKS, ticksOf } from '../../../../src-renderer/charts/scale/ticks.ts';
import { thresholdOf, transformOf } from '../../../../src-renderer/charts/scale/transform.ts';
import type { Scale } from '../../../../src-renderer/charts/types.ts';
import { series } from './support.ts';

const scales = fc.constantFrom<Scale>('linear', 'log', 'symlog');
const sized = fc.double({ min: 1e-12, max: 1e12, noNaN: true });

describe('ticks', () => {
  it('are few, rising, inside the axis and apart, on every scale', () => {
    fc.assert(
      fc.property(scales, sized, fc.double({ min: 1.001, max: 1e12, noNaN: true }), fc.boolean(), (scale, low, factor, negative) => {
        const [min, max] = scale !== 'log' && negative ? [-low * factor, low] : [low, low * factor];
        const threshold = thresholdOf([Math.abs(min), Math.abs(max)]);
        const ticks = ticksOf(scale, min, max, threshold);
        const slack = Math.max(Math.abs(min), Math.abs(max)) * 2e-9;
        expect(ticks.length).toBeGreaterThan(0);
        expect(ticks.length).toBeLessThanOrEqual(MOST_TICKS);
        for (const [k, tick] of ticks.entries()) {
          expect(tick).toBeGreaterThanOrEqual(min - slack);
          expect(tick).toBeLessThanOrEqual(max + slack);
          if (k > 0) expect(tick).toBeGreaterThan(ticks[k - 1]!);
        }
      }),
    );
  });

  it('are round where a person would put them', () => {
    expect(ticksOf('linear', 0, 1)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(ticksOf('linear', -0.3, 0.31)).toEqual([-0.2, 0, 0.2]);
    expect(ticksOf('linear', 0, 16_000)).toEqual([0, 5000, 10_000, 15_000]);
    expect(ticksOf('log', 1e-4, 1)).toEqual([1e-4, 1e-3, 1e-2, 0.1, 1]);
    expect(ticksOf('log', 1e-12, 1)).toEqual([1e-12, 1e-9, 1e-6, 1e-3, 1]);
    expect(ticksOf('log', 0.4, 30)).toEqual([1, 3, 10, 30]);
    expect(ticksOf('symlog', -100, 100, 1)).toEqual([-100, -10, 0, 10, 100]);
    expect(ticksOf('symlog', 2, 2.6, 1)).toEqual([2, 2.2, 2.4, 2.6]);
  });

  it('never stand between whole numbers on an axis that counts', () => {
    expect(ticksOf('linear', 0, 10, 1, 5, true)).toEqual([0, 3, 6, 9]);
    expect(ticksOf('linear', 0, 2, 1, 5, true)).toEqual([0, 1, 2]);
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }), (low, width) => {
      const ticks = ticksOf('linear', low, low + width, 1, 5, true);
      expect(ticks.every(Number.isInteger)).toBe(true);
      expect(ticks.length).toBeLessThanOrEqual(5);
    }));
  });

  it('of nothing wide are its one value, or none', () => {
    expect(ticksOf('linear', 3, 3)).toEqual([3]);
    expect(ticksOf('linear', NaN, NaN)).toEqual([]);
  });
});

describe('ticks on a short axis', () => {
  /** Labels of five pixels a character on an axis of so many decades. */
  const fitting = (length: number) => fittingTicks((most) => ticksOf('log', 1e-4, 1, 1, most), 5, (value) => ((Math.log10(value) + 4) / 4) * length, (ticks) => tickLabels(ticks, 'comma').map((label) => label.length * 5 + 8));

  it('are as many as have room for their labels', () => {
    expect(fitting(400)).toEqual([1e-4, 1e-3, 1e-2, 0.1, 1]);
    expect(fitting(110)).toEqual([1e-4, 1e-2, 1]);
    expect(fitting(20)).toHaveLength(1);
  });

  it('never touch', () => {
    fc.assert(fc.property(scales, sized, fc.double({ min: 1.01, max: 1e9, noNaN: true }), fc.integer({ min: 0, max: 600 }), (scale, low, factor, length) => {
      const { forward } = transformOf(scale, low);
      const [first, last] = [forward(low), forward(low * factor)];
      const place = (value: number): number => ((forward(value) - first) / (last - first)) * length;
      const sizes = (ticks: readonly number[]): number[] => tickLabels(ticks, 'comma').map((label) => label.length * 6);
      const ticks = fittingTicks((most) => ticksOf(scale, low, low * factor, low, most), 5, place, sizes);
      expect(ticks.length).toBeGreaterThan(0);
      const taken = sizes(ticks);
      for (const [k, tick] of ticks.entries()) if (k > 0) expect(place(tick) - taken[k]! / 2).toBeGreaterThanOrEqual(place(ticks[k - 1]!) + taken[k - 1]! / 2 - 1e-6);
    }));
  });
});

describe('labels at measured values', () => {
  const format = { digits: 3, thousands: 'comma' } as const;

  it('are in the number format, settings as they were typed', () => {
    expect(valueLabels([0.021371234567, 0.5123456789], format)).toEqual(['0.0214', '0.512']);
    expect(valueLabels([0.001, 0.01, 1], format)).toEqual(['0.001', '0.01', '1']);
    expect(valueLabels([64, 512], format)).toEqual(['64', '512']);
    expect(valueLabels([2000, 12_345], format)).toEqual(['2,000', '12,345']);
    expect(valueLabels([], format)).toEqual([]);
  });

  it('have more digits where two would read the same', () => {
    expect(valueLabels([0.0213111, 0.0213222], format)).toEqual(['0.02131', '0.02132']);
    fc.assert(fc.property(fc.uniqueArray(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { maxLength: 6 }), (values) => {
      const labels = valueLabels(values.map((value) => value || 0), format);
      expect(new Set(labels).size).toBe(new Set(values.map((value) => value || 0)).size);
    }));
  });
});

describe('tick labels', () => {
  it('share their decimals when even, and tell decades apart', () => {
    expect(tickLabels([0, 0.5, 1], 'comma')).toEqual(['0', '0.5', '1.0']);
    expect(tickLabels([0, 5000, 10_000], 'comma')).toEqual(['0', '5,000', '10,000']);
    expect(tickLabels([0.01, 0.1, 1], 'comma')).toEqual(['0.01', '0.1', '1']);
    expect(tickLabels([-0.0837, -0.08365, -0.0836], 'comma')).toEqual(['−0.08370', '−0.08365', '−0.08360']);
    expect(tickLabels([0.001, 0.01], 'comma')).toEqual(['0.001', '0.01']);
    expect(tickLabels([-0.01, 0, 0.01, 0.1], 'comma')).toEqual(['−0.01', '0', '0.01', '0.1']);
    expect(tickLabels([1e-12, 1e-6, 1], 'comma')).toEqual(['10⁻¹²', '10⁻⁶', '10⁰']);
    expect(tickLabels([2e-5, -3e7], 'comma')).toEqual(['2·10⁻⁵', '−3·10⁷']);
    expect(tickLabels([], 'comma')).toEqual([]);
  });

  it('never say two ticks in the same words', () => {
    fc.assert(fc.property(scales, sized, fc.double({ min: 1.01, max: 1e9, noNaN: true }), (scale, low, factor) => {
      const labels = tickLabels(ticksOf(scale, low, low * factor, low), 'comma');
      expect(new Set(labels).size).toBe(labels.length);
    }));
  });
});

describe('transforms', () => {
  it('return to the value they came from', () => {
    fc.assert(fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: -6, max: 3 }), (value, power) => {
      const { forward, inverse } = transformOf('symlog', 10 ** power);
      expect(inverse(forward(value))).toBeCloseTo(value, Math.max(0, 6 - Math.ceil(Math.log10(Math.abs(value) + 1))));
    }));
  });

  it('symlog rises, keeps zero and signs, and is log10 far out', () => {
    const { forward } = transformOf('symlog', 1e-3);
    expect(forward(0)).toBe(0);
    expect(forward(-5)).toBe(-forward(5));
    expect(forward(100) - forward(10)).toBeCloseTo(1, 3);
    expect(forward(1e-4)).toBeCloseTo(Math.log10(1.1), 12);
    fc.assert(fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 1e-6, max: 1, noNaN: true }), (value, more) => {
      expect(forward(value + more)).toBeGreaterThanOrEqual(forward(value));
    }));
  });

  it('a threshold is a power of ten near the small values, whatever zero crossings there are', () => {
    expect(thresholdOf([])).toBe(1);
    expect(thresholdOf([0, 0])).toBe(1);
    expect(thresholdOf(Array.from({ length: 100 }, (_, k) => 0.02 + k))).toBe(1);
    // One value that happens to lie at zero does not decide.
    expect(thresholdOf([1e-9, ...Array.from({ length: 99 }, () => 0.5)])).toBe(0.1);
    expect(thresholdOf([1e-30, 1])).toBe(1e-12);
    expect(thresholdOf([Number.MIN_VALUE])).toBeGreaterThan(0);
  });
});

describe('the scale that can be used', () => {
  it('is symlog where a log axis meets values that are not above zero', () => {
    expect(usableScale('log', [series('a', [1, 2, 3])])).toEqual({ scale: 'log', replaced: false });
    expect(usableScale('log', [series('a', [1, 0, 3])])).toEqual({ scale: 'symlog', replaced: true });
    expect(usableScale('log', [series('a', [1, NaN])])).toEqual({ scale: 'log', replaced: false });
    expect(usableScale('linear', [series('a', [-1])])).toEqual({ scale: 'linear', replaced: false });
  });
});

describe('a roomy range', () => {
  it('holds its values, with some room, and never a nonsense end', () => {
    fc.assert(fc.property(scales, sized, fc.double({ min: 1, max: 1e6, noNaN: true }), (scale, low, factor) => {
      const [from, to] = roomyRange(scale, low, low * factor, low);
      expect(from).toBeLessThanOrEqual(low);
      expect(to).toBeGreaterThanOrEqual(low * factor);
      expect(to).toBeGreaterThan(from);
      if (scale === 'log') expect(from).toBeGreaterThan(0);
    }));
  });

  it('of nothing is an axis all the same', () => {
    expect(roomyRange('linear', Infinity, -Infinity, 1)).toEqual([0, 1]);
    expect(roomyRange('log', Infinity, -Infinity, 1)).toEqual([0.1, 1]);
    expect(roomyRange('linear', 0, 0, 1)).toEqual([-1, 1]);
    // Errors cannot fall below zero: the axis does not suggest it.
    expect(roomyRange('linear', 0.001, 1, 1)[0]).toBe(0);
  });
});
