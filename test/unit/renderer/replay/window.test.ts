import { describe, expect, it } from 'vitest';
import { scrollTo, sight } from '../../../../src-renderer/features/replay/window.ts';

describe('rows in sight', () => {
  it('are those of the viewport and a few beside it', () => {
    expect(sight(0, 500, 50, 1000, 2)).toEqual({ first: 0, last: 12, height: 50_000, top: 0 });
    expect(sight(1025, 500, 50, 1000, 2)).toEqual({ first: 18, last: 33, height: 50_000, top: 900 });
    expect(sight(0, 500, 50, 3, 2)).toEqual({ first: 0, last: 3, height: 150, top: 0 });
    expect(sight(0, 500, 50, 0, 2)).toEqual({ first: 0, last: 0, height: 0, top: 0 });
  });

  it('reach the first and the last of a million rows, which are higher than a browser allows', () => {
    const end = sight(8_000_000 - 500, 500, 56, 1_000_000, 2);
    expect(end.height).toBe(8_000_000);
    expect(end.last).toBe(1_000_000);
    // The last row ends where the scrolled area ends.
    expect(end.top + (end.last - end.first) * 56).toBeCloseTo(8_000_000, 3);
    expect(sight(0, 500, 56, 1_000_000, 2).first).toBe(0);
  });

  it('moves as little as it must to show a row', () => {
    expect(scrollTo(5, 0, 500, 50, 1000)).toBe(0);
    expect(scrollTo(10, 0, 500, 50, 1000)).toBe(50);
    expect(scrollTo(3, 1000, 500, 50, 1000)).toBe(150);
  });

  it.each([0, 1, 499_999, 999_999])('shows row %i of a million', (row) => {
    for (const from of [0, 4_000_000, 7_999_500]) {
      const seen = sight(scrollTo(row, from, 500, 56, 1_000_000), 500, 56, 1_000_000, 0);
      expect(row).toBeGreaterThanOrEqual(seen.first);
      expect(row).toBeLessThan(seen.last);
    }
  });
});
