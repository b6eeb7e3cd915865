import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gutterWidth } from '../../../../src-renderer/charts/plot/draw-gutter.ts';
import { fitText } from '../../../../src-renderer/charts/plot/fit-text.ts';
import { gutterLabels, lastFinite } from '../../../../src-renderer/charts/plot/gutter.ts';
import { placeLabels } from '../../../../src-renderer/charts/plot/place-labels.ts';
import { number, series } from './support.ts';

const HEIGHT = 14;

describe('placing labels', () => {
  it('never overlaps, never leaves the room, keeps the order, and loses no label without counting it', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -50, max: 450, noNaN: true }), { maxLength: 60 }), fc.integer({ min: HEIGHT, max: 400 }), (wishes, room) => {
        const labels = wishes.map((at, rank) => ({ at, rank }));
        const { placed, rest } = placeLabels(labels, HEIGHT, 0, room);
        expect(placed.length + rest.reduce((sum, { count }) => sum + count, 0)).toBe(labels.length);
        for (const { count } of rest) expect(count).toBeGreaterThan(1);
        const lines = [...placed.map(({ at }) => at), ...rest.map(({ at }) => at)].sort((a, b) => a - b);
        for (const [k, at] of lines.entries()) {
          expect(at).toBeGreaterThanOrEqual(HEIGHT / 2 - 1e-6);
          expect(at).toBeLessThanOrEqual(room - HEIGHT / 2 + 1e-6);
          if (k > 0) expect(at - lines[k - 1]!).toBeGreaterThanOrEqual(HEIGHT - 1e-6);
        }
        for (const [k, { label }] of placed.entries()) if (k > 0) expect(label.at).toBeGreaterThanOrEqual(placed[k - 1]!.label.at);
      }),
    );
  });

  it('leaves alone what does not collide, and shares the displacement of what does', () => {
    const at = (wishes: readonly number[]) => placeLabels(wishes.map((wish, rank) => ({ at: wish, rank })), HEIGHT, 0, 100).placed.map((one) => one.at);
    expect(at([20, 60])).toEqual([20, 60]);
    expect(at([50, 50])).toEqual([43, 57]);
  });

  it('keeps the lowest ranks when not all fit, and counts the others', () => {
    const { placed, rest } = placeLabels([{ at: 10, rank: 3 }, { at: 12, rank: -1 }, { at: 14, rank: 2 }], HEIGHT, 0, 2 * HEIGHT);
    expect(placed.map(({ label }) => label.rank)).toEqual([-1]);
    expect(rest.map(({ count }) => count)).toEqual([2]);
  });

  it('leaves no label far from its line: twenty that end in one place become some and a count under them', () => {
    const { placed, rest } = placeLabels([...Array.from({ length: 20 }, (_, rank) => ({ at: 200 + rank / 10, rank })), { at: 40, rank: 99 }], HEIGHT, 0, 400);
    expect(placed[0]).toEqual({ label: { at: 40, rank: 99 }, at: 40 });
    const pile = placed.slice(1);
    expect(pile.length).toBeGreaterThanOrEqual(6);
    for (const { label, at } of pile) expect(Math.abs(at - label.at)).toBeLessThanOrEqual(4 * HEIGHT);
    expect(rest).toHaveLength(1);
    expect(rest[0]!.count).toBe(20 - pile.length);
    expect(rest[0]!.at).toBeGreaterThan(pile.at(-1)!.at);
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
    expect(gutterWidth(labels, 400, measure)).toBe(136);
  });

  it('cut names that are too long', () => {
    const measure = (text: string): number => text.length;
    expect(fitText('addition', 8, measure)).toBe('addition');
    expect(fitText('addition-1', 8, measure)).toBe('additio…');
    expect(fitText('addition', 0, measure)).toBe('');
    expect(fitText('constant mean matrix, harder', 20, measure)).toBe('constant me…, harder');
    expect(fitText('constant mean matrix, harder', 10, measure)).toBe('constant…');
    expect(lastFinite(Float64Array.of(NaN, 3, Infinity))).toBe(1);
  });
});
