import { describe, expect, it } from 'vitest';
import { limitsOf, roundUp, spread } from '../../../../src-renderer/features/replay/colour-limits.ts';
import { absoluteError } from '../../../../src-renderer/features/replay/vector-cache.ts';

describe('colour limits', () => {
  it('are round numbers, at least as large as what they hold', () => {
    expect([0.3, 0.1 + 0.2 - 0.1, 1, 1.01, 2.5, 7, 1234, 0.00042].map(roundUp)).toEqual([0.3, 0.2, 1, 1.5, 2.5, 8, 1500, 0.0005]);
    expect([0, NaN, Infinity, -3].map(roundUp)).toEqual([1, 1, 1, 1]);
  });

  it('are those of the bulk: one entry that went astray does not fade the others', () => {
    const entry = (size: number) => {
      const [y, target] = [new Float32Array(20).fill(size), new Float32Array(20).fill(size - 0.04)];
      return { x: new Float32Array(20).fill(0.9), y, target, error: absoluteError(y, target) };
    };
    const sample = [...Array.from({ length: 299 }, () => entry(1.7)), entry(1e6), entry(NaN)];
    expect(limitsOf(sample)).toEqual({ x: 1, y: 2, error: 0.05 });
    expect(limitsOf([])).toEqual({ x: 1, y: 1, error: 1 });
  });

  it('come from rows all over the buffer', () => {
    expect(spread(10, 5)).toEqual([1, 3, 5, 7, 9]);
    expect(spread(3, 64)).toEqual([0, 1, 2]);
    expect(spread(0, 64)).toEqual([]);
  });
});
