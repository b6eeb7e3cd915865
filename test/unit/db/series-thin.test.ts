import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { CHUNK } from '../../../db/series-write.ts';
import { readSeries, thinSeries, thinValues, writeSeries } from '../../../db/series.ts';
import { refusal } from '../../support/refusal.ts';
import { newRun, newStore } from './helpers.ts';

describe('a thinned series', () => {
  it('keeps extremes, ends and order within its budget, and only points of the series', () => {
    const store = newStore();
    const value = fc.oneof({ weight: 8, arbitrary: fc.integer({ min: -1000, max: 1000 }) }, fc.constantFrom(NaN, Infinity));
    fc.assert(
      fc.property(fc.array(fc.tuple(value, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 400 }), fc.integer({ min: 8, max: 120 }), (steps, points) => {
        const run = newRun(store);
        const whole = new Map<number, number>();
        let iteration = 0;
        for (const [x, gap] of steps) whole.set((iteration += gap), x);
        for (const [first, x] of whole) writeSeries(store, run, [{ metric: 'loss', first, values: Float64Array.of(x) }]);
        const all = readSeries(store, run, 'loss');
        const thin = thinSeries(store, run, 'loss', points);
        expect(thin.count).toBeLessThanOrEqual(Math.max(points, 0));
        expect(thin.values).toHaveLength(thin.count);
        const at = 'first' in thin.iterations ? Float64Array.from(thin.values, (_, i) => (thin.iterations as { first: number }).first + i) : thin.iterations;
        thin.values.forEach((x, i) => expect(x).toBe(whole.get(at[i]!)));
        expect([...at]).toEqual([...at].sort((a, b) => a - b));
        expect([at[0], at.at(-1)]).toEqual([[...whole.keys()][0], iteration]);
        const finite = [...thin.values].filter(Number.isFinite);
        expect([thin.min, thin.max, thin.nonFinite]).toEqual([all.min, all.max, all.nonFinite]);
        if (all.min !== null) expect([Math.min(...finite), Math.max(...finite)]).toEqual([all.min, all.max]);
        expect(finite.length < thin.count).toBe(all.nonFinite > 0);
      }),
      { numRuns: 40 },
    );
  });

  it('is the same where only the index of its chunks is read, whatever was written and whichever range is asked for', () => {
    const store = newStore();
    const number = fc.integer({ min: 0, max: 60 * CHUNK });
    const piece = fc.record({ first: fc.integer({ min: 0, max: 40 * CHUNK }), length: fc.integer({ min: 1, max: 20 * CHUNK }), scale: fc.constantFrom(0, 1, 5), seed: number, odd: fc.option(fc.tuple(fc.nat(20 * CHUNK), fc.constantFrom(NaN, Infinity, -Infinity)), { freq: 4 }) });
    let fromIndex = 0;
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), fc.option(fc.tuple(number, number)), fc.integer({ min: 8, max: 90 }), fc.boolean(), (pieces, range, points, old) => {
        const run = newRun(store);
        for (const { first, length, scale, seed, odd } of pieces) {
          // Few different values: the same extreme comes again and again, and the first place of it counts.
          const values = Float64Array.from({ length }, (_, i) => Math.round(scale * Math.sin(seed + i * 12.9898)) + 0);
          if (odd && odd[0] < length) values[odd[0]] = odd[1];
          writeSeries(store, run, [{ metric: 'loss', first, values }]);
        }
        // As chunks of stores that are older than the places of extremes.
        if (old) store.write('UPDATE series_chunks SET minimum_at = NULL, maximum_at = NULL WHERE series = (SELECT id FROM series WHERE run = ?) AND first % 3000 = 0', run);
        const within = range ? { from: Math.min(...range), to: Math.max(...range) } : {};
        const all = readSeries(store, run, 'loss', within);
        const spy = vi.spyOn(store, 'first');
        const thin = thinSeries(store, run, 'loss', points, within);
        if (spy.mock.calls.length > 0 && spy.mock.calls.length * CHUNK < all.count / 2) fromIndex++;
        spy.mockRestore();
        const { iterations, values } = thinValues(all, points);
        expect(thin).toEqual({ ...all, iterations, values, count: values.length, total: all.count });
      }),
      { numRuns: 60 },
    );
    // Else this would have compared a reading with itself.
    expect(fromIndex).toBeGreaterThan(5);
  });

  it('reads no numbers but those of the first and the last chunk where the windows are as wide as chunks', () => {
    const store = newStore();
    const run = newRun(store);
    for (let first = 1; first < 200_000; first += 777) writeSeries(store, run, [{ metric: 'loss', first, values: Float64Array.from({ length: 777 }, (_, i) => Math.sin((first + i) * 12.9898)) }]);
    const [one, all] = [vi.spyOn(store, 'first'), vi.spyOn(store, 'all')];
    thinSeries(store, run, 'loss', 500);
    expect([one.mock.calls.length, all.mock.calls.length]).toEqual([2, 1]);
    vi.restoreAllMocks();
  });

  it('is of one state of the store, whatever is written between its readings', () => {
    const store = newStore();
    const run = newRun(store);
    const other = newStore(store.folder);
    writeSeries(store, run, [{ metric: 'loss', first: 1, values: Float64Array.from({ length: 50_000 }, (_, i) => Math.sin(i)) }]);
    const before = thinSeries(store, run, 'loss', 50);
    const all = store.all.bind(store);
    vi.spyOn(store, 'all').mockImplementationOnce((...query) => {
      const rows = all(...query);
      other.write('DELETE FROM runs WHERE id = ?', run);
      return rows;
    });
    expect(thinSeries(store, run, 'loss', 50)).toEqual(before);
    expect(thinSeries(store, run, 'loss', 50).count).toBe(0);
  });

  it('keeps what it showed while the run grows, except at the end', () => {
    const store = newStore();
    const run = newRun(store);
    const grow = (first: number, length: number) => writeSeries(store, run, [{ metric: 'loss', first, values: Float64Array.from({ length }, (_, i) => Math.sin((first + i) * 12.9898) * 43758.5) }]);
    const shown = () => [...(thinSeries(store, run, 'loss', 200).iterations as Float64Array)];
    grow(1, 9000);
    const before = shown();
    grow(9001, 100);
    const after = new Set(shown());
    // All but the last window, whose extremes may move on, and the last point.
    expect(before.slice(0, -3).filter((iteration) => !after.has(iteration))).toEqual([]);
  });

  it('uses at least a third of its budget', () => {
    const store = newStore();
    const run = newRun(store);
    writeSeries(store, run, [{ metric: 'loss', first: 1, values: Float64Array.from({ length: 50_000 }, (_, i) => Math.sin(i)) }]);
    expect(thinSeries(store, run, 'loss', 1000).count).toBeGreaterThan(333);
  });

  it('is the series itself where that is short enough, or the range is', () => {
    const store = newStore();
    const run = newRun(store);
    writeSeries(store, run, [{ metric: 'loss', first: 1, values: new Float64Array(500).fill(2) }]);
    expect(thinSeries(store, run, 'loss', 500)).toEqual({ ...readSeries(store, run, 'loss'), total: 500 });
    expect(thinSeries(store, run, 'loss', 20, { from: 100, to: 119 })).toMatchObject({ iterations: { first: 100 }, count: 20 });
    expect(thinSeries(store, run, 'nothing', 20).count).toBe(0);
  });

  it('refuses a budget that cannot keep extremes', () => {
    const store = newStore();
    expect(refusal(() => thinSeries(store, newRun(store), 'loss', 7)).code).toBe('series.points');
  });
});
