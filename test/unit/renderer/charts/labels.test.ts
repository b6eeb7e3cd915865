import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gutterWidth } from '../../../../src-renderer/charts/plot/draw-gutter.ts';
import { fitText } from '../../../../src-renderer/charts/plot/fit-text.ts';
import { gutterLabels, lastFinite } from '../../../../src-renderer/charts/plot/gutter.ts';
import { placeLabels } from '../../../../src-renderer/charts/plot/place-labels.ts';
import { number, series } from './support.ts';

const HEIGHT = 14;

describe('placing labels', () => {
  it('never overlaps, never leaves the room, keeps the order, and shows as many as fit', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -50, max: 450, noNaN: true }), { maxLength: 60 }), fc.integer({ min: 0, max: 400 }), (wishes, room) => {
        const labels = wishes.map((at, rank) => ({ at, rank }));
        const placed = placeLabels(labels, HEIGHT, 0, room);
        expect(placed).toHaveLength(Math.min(labels.length, Math.floor(room / HEIGHT)));
        for (const [k, { at, label }] of placed.entries()) {
          expect(at).toBeGreaterThanOrEqual(HEIGHT / 2 - 1e-6);
          expect(at).toBeLessThanOrEqual(room - HEIGHT / 2 + 1e-6);
          if (k === 0) continue;
          expect(at - placed[k - 1]!.at).toBeGreaterThanOrEqual(HEIGHT - 1e-6);
          expect(label.at).toBeGreaterThanOrEqual(placed[k - 1]!.label.at);
        }
      }),
    );
  });

  it('leaves alone what does not collide, and shares the displacement of what does', () => {
    expect(placeLabels([{ at: 20, rank: 0 }, { at: 60, rank: 1 }], HEIGHT, 0, 100).map(({ at }) => at)).toEqual([20, 60]);
    expect(placeLabels([{ at: 50, rank: 0 }, { at: 50, rank: 1 }], HEIGHT, 0, 100).map(({ at }) => at)).toEqual([43, 57]);
  });

  it('keeps the lowest ranks when not all fit', () => {
    const placed = placeLabels([{ at: 10, rank: 3 }, { at: 12, rank: -1 }, { at: 14, rank: 2 }], HEIGHT, 0, 2 * HEIGHT);
    expect(placed.map(({ label }) => label.rank)).toEqual([-1, 2]);
  });
});

describe('gutter labels', () => {
  it('are the references and the last finite value of every named line', () => {
    const labels = gutterLabels([series('a', [1, 2, NaN]), series('ghost', [9], { background: true }), series('none', [NaN]), series('b', [4])], [{ y: 0.5, label: 'predict 0' }], 0, number);
    expect(labels.map(({ text, value, x }) => [text, value, x])).toEqual([
      ['predict 0', 0.5, undefined],
      ['2', 2, 1],
      ['4', 4, 0],
    ]);
    expect(labels[0]!.rank).toBeLessThan(labels[1]!.rank);
  });

  it('of more lines than can be told apart are the references alone', () => {
    const many = Array.from({ length: 200 }, (_, k) => series(`s${k}`, [k]));
    expect(gutterLabels(many, [{ y: 1, label: 'predict 0' }], 0, number).map(({ text }) => text)).toEqual(['predict 0']);
  });

  it('take room in steps, and at most a part of the chart', () => {
    const labels = gutterLabels([], [{ y: 1, label: 'a constant that takes much room' }], 0, number);
    const measure = (text: string): number => text.length * 6;
    expect(gutterWidth([], 600, measure)).toBe(12);
    expect(gutterWidth(labels, 10_000, measure) % 16).toBe(0);
    expect(gutterWidth(labels, 400, measure)).toBe(120);
  });

  it('cut names that are too long', () => {
    const measure = (text: string): number => text.length;
    expect(fitText('addition', 8, measure)).toBe('addition');
    expect(fitText('addition-1', 8, measure)).toBe('additio…');
    expect(fitText('addition', 0, measure)).toBe('');
    expect(lastFinite(Float64Array.of(NaN, 3, Infinity))).toBe(1);
  });
});
