import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeBeside } from '../../../../src-renderer/charts/parts/place-beside.ts';
import { nearestIndex, nearestX, readAt, stepX } from '../../../../src-renderer/charts/plot/reading.ts';
import { brokenColumns } from '../../../../src-renderer/charts/plot/non-finite.ts';
import { following, panned, within, zoomed } from '../../../../src-renderer/charts/plot/window.ts';
import { dragAxes } from '../../../../src-renderer/charts/line/useDragBox.ts';
import { actionOf } from '../../../../src-renderer/charts/line/keys.ts';
import { CHART_SHORTCUTS } from '../../../../src-renderer/charts/words/shortcuts.ts';
import { series } from './support.ts';

describe('the cursor', () => {
  it('comes to rest at the nearest sample of any named line', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 60 }), fc.double({ min: -100, max: 1100, noNaN: true }), (places, at) => {
      const x = Float64Array.from(places).sort();
      const best = Math.min(...[...x].map((place) => Math.abs(place - at)));
      expect(Math.abs(x[nearestIndex(x, at)]! - at)).toBe(best);
    }));
    expect(nearestX([series('a', [1, 1], {}, [0, 10]), series('b', [1], {}, [6]), series('g', [1], { background: true }, [5])], 5.2)).toBe(6);
    expect(nearestX([], 3)).toBeUndefined();
  });

  it('reads exact values, says where they are, and what happened there', () => {
    const a = series('a', [1, 0.1 + 0.2], { band: { low: Float64Array.of(0, 0), high: Float64Array.of(2, 1), meaning: '± sd' } }, [0, 10]);
    const reading = readAt([a, series('b', [7], {}, [4])], [{ x: 9, kind: 'event', label: 'Checkpoint' }, { x: 2, kind: 'nan', label: 'NaN' }], 0, 10, 2);
    expect(reading.rows.map(({ key, x, value, spread }) => [key, x, value, spread])).toEqual([
      ['a', 10, 0.30000000000000004, 0.5],
      ['b', 4, 7, undefined],
    ]);
    expect(reading.events).toEqual(['Checkpoint']);
    expect(readAt([a], [], 0.5, 10, 0).rows[0]).toMatchObject({ raw: 0.30000000000000004 });
    expect(readAt([series('e', [1, 2], { exact: true })], [], 0.5, 1, 0).rows[0]).not.toHaveProperty('raw');
  });

  it('of many lines shows those nearest to the pointer, and counts the rest', () => {
    const many = Array.from({ length: 200 }, (_, k) => series(`s${k}`, [k]));
    const { rows, more } = readAt(many, [], 0, 0, 0, 100);
    expect(rows.map(({ value }) => value)).toContain(100);
    expect(Math.max(...rows.map(({ value }) => Math.abs(value - 100)))).toBeLessThan(10);
    expect(rows.length + more).toBe(200);
  });

  it('walks through every sample by keys, in both directions', () => {
    const lines = [series('a', [1, 1, 1], {}, [0, 5, 9]), series('b', [1, 1], {}, [3, 5])];
    const walk = (from: number, direction: 1 | -1): number[] => {
      const seen = [from];
      for (let at = stepX(lines, from, direction, 0.001); at !== undefined; at = stepX(lines, at, direction, 0.001)) seen.push(at);
      return seen;
    };
    expect(walk(0, 1)).toEqual([0, 3, 5, 9]);
    expect(walk(9, -1)).toEqual([9, 5, 3, 0]);
    expect(stepX(lines, 0, 1, 4)).toBe(5);
  });
});

describe('a window', () => {
  const axis = { low: 0, high: 100, toValue: (pixel: number) => pixel / 10 };

  it('zooms around the pointer and pans with what is drawn', () => {
    expect(zoomed(axis, 50, 0.5)).toEqual([2.5, 7.5]);
    expect(zoomed(axis, 0, 0.5)).toEqual([0, 5]);
    expect(panned(axis, 20)).toEqual([-2, 8]);
  });

  it('stays inside everything there is, with its width, or is everything', () => {
    expect(within([-2, 3], [0, 10])).toEqual([0, 5]);
    expect(within([8, 13], [0, 10])).toEqual([5, 10]);
    expect(within([-5, 30], [0, 10])).toBeUndefined();
    fc.assert(fc.property(fc.double({ min: -20, max: 20, noNaN: true }), fc.double({ min: 0, max: 40, noNaN: true }), (low, width) => {
      const kept = within([low, low + width], [0, 10]);
      if (!kept) return;
      expect(kept[0]).toBeGreaterThanOrEqual(0);
      expect(kept[1]).toBeLessThanOrEqual(10 + 1e-9);
      expect(kept[1]).toBeGreaterThan(kept[0]);
    }));
  });

  it('follows what grows if it showed the newest, and only then', () => {
    expect(following([90, 100], 100, 130)).toEqual([120, 130]);
    expect(following([50, 60], 100, 130)).toEqual([50, 60]);
    expect(following([90, 100], 100, 100)).toEqual([90, 100]);
  });

  it('is drawn along one axis by a flat drag', () => {
    expect(dragAxes(3, 3)).toEqual({ x: false, y: false });
    expect(dragAxes(80, 9)).toEqual({ x: true, y: false });
    expect(dragAxes(2, 60)).toEqual({ x: false, y: true });
    expect(dragAxes(80, 60)).toEqual({ x: true, y: true });
  });
});

describe('values that are not finite', () => {
  it('are marked at their pixel, inside the window only', () => {
    const line = series('a', [1, NaN, 2, Infinity, NaN]);
    expect([...brokenColumns([line], 0, 4, 100)]).toEqual([25, 75, 100]);
    expect([...brokenColumns([line], 2, 3, 100)]).toEqual([100]);
    expect(brokenColumns([series('b', [1, 2])], 0, 1, 100).size).toBe(0);
  });
});

describe('keys of a chart', () => {
  const press = (key: string, more: object = {}) => actionOf({ key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more })?.name;

  it('mean what the list of shortcuts says', () => {
    const pressed = { '←': 'ArrowLeft', '→': 'ArrowRight', '−': '-' } as Record<string, string>;
    for (const { keys } of CHART_SHORTCUTS) {
      const words = keys.replace('Page ↑ Page ↓', 'PageUp PageDown').split(' ');
      const shift = words[0] === 'Shift';
      for (const word of shift ? words.slice(1).map((arrow) => ({ '←': 'ArrowLeft', '→': 'ArrowRight', '↑': 'ArrowUp', '↓': 'ArrowDown' })[arrow]!) : words.map((w) => pressed[w] ?? w)) expect(press(word, { shiftKey: shift }), `${keys}: ${word}`).toBeDefined();
    }
  });

  it('leave everything with Ctrl, Alt or Cmd to others', () => {
    expect(press('c')).toBe('copy');
    expect(press('c', { ctrlKey: true })).toBeUndefined();
    expect(press('f', { metaKey: true })).toBeUndefined();
    expect(press('L', { shiftKey: true })).toBeUndefined();
    expect(press('L')).toBe('scale');
    expect(press('+', { shiftKey: true })).toBe('zoom');
    expect(press('q')).toBeUndefined();
  });
});

describe('a reading beside its point', () => {
  it('stands after the point, before it near the end, and inside whatever there is', () => {
    expect(placeBeside(100, 200, 600)).toBe(112);
    expect(placeBeside(500, 200, 600)).toBe(288);
    expect(placeBeside(200, 300, 400)).toBe(100);
    expect(placeBeside(200, 500, 400)).toBe(0);
    fc.assert(fc.property(fc.integer({ min: -50, max: 900 }), fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 800 }), (at, size, length) => {
      const start = placeBeside(at, size, length);
      expect(start).toBeGreaterThanOrEqual(0);
      expect(start + size).toBeLessThanOrEqual(Math.max(length, size));
    }));
  });
});
