import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listMetrics, readSeries, writeSeries, type SeriesData } from '../../../db/series.ts';
import { CHUNK } from '../../../db/series-write.ts';
import { newRun, newStore } from './helpers.ts';

const plain = ({ iterations, values }: SeriesData): [number, number][] => Array.from(values, (value, i) => ['first' in iterations ? iterations.first + i : iterations[i]!, value]);

/** What a series must give, worked out from a plain map. */
function expected(map: ReadonlyMap<number, number>, from = -Infinity, to = Infinity) {
  const points = [...map].filter(([iteration]) => iteration >= from && iteration <= to).sort(([a], [b]) => a - b);
  const finite = points.map(([, value]) => value).filter((value) => Number.isFinite(value));
  return { points, count: points.length, nonFinite: points.length - finite.length, min: finite.length ? Math.min(...finite) : null, max: finite.length ? Math.max(...finite) : null };
}
const actual = (data: SeriesData) => ({ points: plain(data), count: data.count, nonFinite: data.nonFinite, min: data.min, max: data.max });

const value = fc.oneof({ weight: 5, arbitrary: fc.double({ noDefaultInfinity: true, noNaN: true }).map((x) => x + 0) }, fc.constantFrom(NaN, Infinity, -Infinity));
/** Pieces that overlap, leave gaps, come in any order, and are longer than a chunk. */
const piece = fc.record({
  first: fc.integer({ min: 0, max: 4 * CHUNK }),
  values: fc.oneof(fc.array(value, { minLength: 1, maxLength: 40 }), fc.tuple(value, fc.integer({ min: 1, max: 2 * CHUNK + 50 })).map(([x, length]) => Array<number>(length).fill(x))),
});

describe('a series', () => {
  it('is what a map from iteration to value would be, whatever is written in whatever order', () => {
    const store = newStore();
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), fc.integer({ min: -5, max: 5 * CHUNK }), fc.integer({ min: 0, max: 3 * CHUNK }), (pieces, from, length) => {
        const run = newRun(store);
        const map = new Map<number, number>();
        for (const { first, values } of pieces) {
          writeSeries(store, run, [{ metric: 'loss', first, values: Float64Array.from(values) }]);
          values.forEach((x, i) => map.set(first + i, x));
        }
        expect(actual(readSeries(store, run, 'loss'))).toEqual(expected(map));
        expect(actual(readSeries(store, run, 'loss', { from, to: from + length }))).toEqual(expected(map, from, from + length));
        const { points, ...summary } = expected(map);
        expect(listMetrics(store, run)).toEqual([{ metric: 'loss', ...summary, first: points[0]![0], last: points.at(-1)![0] }]);
        // Chunks never overlap, and are never more than twice as many as full ones would be.
        const chunks = store.all<{ first: number; last: number; count: number }>(`SELECT first, last, count FROM series_chunks WHERE series = (SELECT id FROM series WHERE run = ?) ORDER BY first`, run);
        for (let i = 1; i < chunks.length; i++) expect(chunks[i]!.first).toBeGreaterThan(chunks[i - 1]!.last);
        expect(Math.max(...chunks.map(({ count }) => count))).toBeLessThanOrEqual(CHUNK);
        expect(chunks.length).toBeLessThanOrEqual(2 * Math.ceil(map.size / CHUNK));
      }),
      { numRuns: 60 },
    );
  });

  it('fills its chunks when it grows a little at a time', () => {
    const store = newStore();
    const run = newRun(store);
    for (let first = 1; first <= 5000; first += 7) writeSeries(store, run, [{ metric: 'loss', first, values: Float64Array.from({ length: 7 }, (_, i) => first + i) }]);
    const data = readSeries(store, run, 'loss');
    expect(data).toMatchObject({ iterations: { first: 1 }, count: 5005, min: 1, max: 5005 });
    // Each ends before a multiple of its length, as the windows of a thinned series do.
    const full = Array.from({ length: 4 }, (_, i) => ({ first: (i + 1) * CHUNK, count: CHUNK }));
    expect(store.all('SELECT first, count FROM series_chunks ORDER BY first')).toEqual([{ first: 1, count: CHUNK - 1 }, ...full, { first: 5 * CHUNK, count: 6 }]);
  });

  it('fills its chunks when it is written backwards', () => {
    const store = newStore();
    const run = newRun(store);
    for (let first = 3000; first > 0; first -= 10) writeSeries(store, run, [{ metric: 'loss', first, values: new Float64Array(5).fill(first) }]);
    expect(readSeries(store, run, 'loss')).toMatchObject({ count: 1500, min: 10, max: 3000 });
    expect(store.first<{ n: number }>('SELECT count(*) AS n FROM series_chunks')!.n).toBeLessThanOrEqual(3);
  });

  it('keeps minimum and maximum exact when the value that held them is replaced', () => {
    const store = newStore();
    const run = newRun(store);
    writeSeries(store, run, [{ metric: 'loss', first: 1, values: Float64Array.of(5, -100, 7, 100) }]);
    writeSeries(store, run, [{ metric: 'loss', first: 2, values: Float64Array.of(6) }]);
    writeSeries(store, run, [{ metric: 'loss', first: 4, values: Float64Array.of(NaN) }]);
    expect(readSeries(store, run, 'loss')).toMatchObject({ min: 5, max: 7, nonFinite: 1, values: Float64Array.of(5, 6, 7, NaN) });
  });

  it('keeps numbers as they are, bit for bit', () => {
    const store = newStore();
    const run = newRun(store);
    const values = Float64Array.of(-0, 5e-324, 1.7976931348623157e308, NaN, -Infinity, 0.1);
    writeSeries(store, run, [{ metric: 'loss', first: 1, values }]);
    expect(Buffer.from(readSeries(store, run, 'loss').values.buffer)).toEqual(Buffer.from(values.buffer));
  });

  it('takes part of a larger array, and memory that threads share', () => {
    const store = newStore();
    const run = newRun(store);
    const shared = new Float64Array(new SharedArrayBuffer(80)).fill(3).subarray(2, 5);
    writeSeries(store, run, [{ metric: 'loss', first: 1, values: shared }, { metric: 'ms', first: 1, values: Float64Array.of(1, 2, 3, 4).subarray(1, 3) }]);
    expect([...readSeries(store, run, 'loss').values, ...readSeries(store, run, 'ms').values]).toEqual([3, 3, 3, 2, 3]);
  });

  it('has neither minimum nor maximum without a finite value', () => {
    const store = newStore();
    const run = newRun(store);
    expect(readSeries(store, run, 'loss')).toEqual({ iterations: { first: 0 }, values: new Float64Array(0), count: 0, min: null, max: null, nonFinite: 0 });
    writeSeries(store, run, [{ metric: 'loss', first: 3, values: Float64Array.of(NaN, Infinity) }]);
    expect(readSeries(store, run, 'loss')).toMatchObject({ count: 2, min: null, max: null, nonFinite: 2 });
    expect(listMetrics(store, run)).toEqual([{ metric: 'loss', count: 2, first: 3, last: 4, min: null, max: null, nonFinite: 2 }]);
  });

  it('belongs to one run and one metric', () => {
    const store = newStore();
    const [one, other] = [newRun(store), newRun(store)];
    writeSeries(store, one, [{ metric: 'loss', first: 1, values: Float64Array.of(1) }, { metric: 'ms', first: 1, values: Float64Array.of(2) }]);
    writeSeries(store, other, [{ metric: 'loss', first: 1, values: Float64Array.of(3) }, { metric: 'none', first: 1, values: new Float64Array(0) }]);
    expect(readSeries(store, one, 'loss').values).toEqual(Float64Array.of(1));
    expect(readSeries(store, other, 'loss').values).toEqual(Float64Array.of(3));
    expect(listMetrics(store, one).map(({ metric }) => metric)).toEqual(['loss', 'ms']);
    expect(listMetrics(store, other).map(({ metric }) => metric)).toEqual(['loss']);
  });

  it('refuses an iteration that is not a whole number, and writes nothing of the flush', () => {
    const store = newStore();
    const run = newRun(store);
    const write = () => writeSeries(store, run, [{ metric: 'ms', first: 1, values: Float64Array.of(1) }, { metric: 'loss', first: NaN, values: Float64Array.of(1) }]);
    expect(write).toThrow(expect.objectContaining({ code: 'series.first' }));
    expect(listMetrics(store, run)).toEqual([]);
  });
});
