import { describe, expect, test } from 'vitest';
import type { Input, Output } from '../../../../src-main/contract/api/index.ts';
import { CurveStore, splice } from '../../../../src-renderer/features/compare/curves/curve-store.ts';

/** A host whose run r has loss r · iteration at 1 … 100, every tenth one when it is thinned; it answers when it is told to. */
function host() {
  const asked: Input<'series.read'>[] = [];
  const waiting: (() => void)[] = [];
  const read = (input: Input<'series.read'>): Promise<Output<'series.read'>> => {
    asked.push(input);
    const step = input.every ?? (input.points < 100 && input.from === undefined ? 10 : 1);
    const iterations = Float64Array.from({ length: 100 }, (_, i) => i + 1).filter((i) => i % step === 0 && i >= (input.from ?? 0) && i <= (input.to ?? Infinity));
    const series = input.queries.map(({ run, metric }) => ({ run, metric, iterations, values: iterations.map((i) => run * i), total: input.every ? iterations.length : 100, min: 1, max: 100, nonFinite: 0 }));
    return new Promise((resolve) => waiting.push(() => resolve({ series })));
  };
  const answer = async () => {
    waiting.shift()!();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { asked, waiting, read, answer };
}

const fail = (error: unknown) => expect.fail(String(error));
const loss = (run: number) => ({ run, metric: 'loss' });

describe('curves of many runs', () => {
  test('are read in a few requests, with progress', async () => {
    const { asked, waiting, read, answer } = host();
    let told = 0;
    const store = new CurveStore(read, () => told++, fail);
    store.want(Array.from({ length: 60 }, (_, i) => loss(i + 1)), 1000);
    while (waiting.length > 0) await answer();
    expect(asked.map(({ queries }) => queries.length)).toEqual([25, 25, 10]);
    expect(store.progress).toEqual({ done: 60, total: 60 });
    expect(store.get(loss(7))!.y[99]).toBe(700);
    expect(told).toBeGreaterThan(3);
    // Known curves are not asked for again, and those no longer wanted are dropped.
    store.want([loss(1), loss(61)], 1000);
    await answer();
    expect(asked.at(-1)!.queries).toEqual([loss(61)]);
    expect(store.get(loss(2))).toBeUndefined();
  });

  test('in windows and as they are do not mix', async () => {
    const { asked, read, answer } = host();
    const store = new CurveStore(read, () => undefined, fail);
    store.want([loss(1), { ...loss(1), every: 50 }], 1000);
    await answer();
    await answer();
    expect(asked.map(({ every }) => every)).toEqual([undefined, 50]);
    expect([...store.get({ ...loss(1), every: 50 })!.x]).toEqual([50, 100]);
    expect(store.get(loss(1))!.x).toHaveLength(100);
  });

  test('are read again with more points only when they are thinned', async () => {
    const { asked, read, answer } = host();
    const store = new CurveStore(read, () => undefined, fail);
    store.want([loss(1)], 50);
    await answer();
    expect(store.get(loss(1))!.x).toHaveLength(10);
    store.want([loss(1)], 1000);
    await answer();
    expect(store.get(loss(1))!.x).toHaveLength(100);
    store.want([loss(1)], 5000);
    expect(asked).toHaveLength(2);
  });

  test('grow by what a live run tells, each value once', async () => {
    const { read, answer } = host();
    const store = new CurveStore(read, () => undefined, fail);
    store.want([loss(1)], 1000);
    store.append(1, 'loss', Float64Array.of(99), Float64Array.of(99));
    await answer();
    const before = store.get(loss(1))!;
    store.append(1, 'loss', Float64Array.of(99, 100, 101), Float64Array.of(99, 100, 101));
    store.append(1, 'loss', Float64Array.of(102), Float64Array.of(NaN));
    store.append(1, 'ms', Float64Array.of(102), Float64Array.of(1));
    const { x, y, total, nonFinite } = store.get(loss(1))!;
    expect([...x.subarray(98)]).toEqual([99, 100, 101, 102]);
    expect([...y.subarray(98)]).toEqual([99, 100, 101, NaN]);
    expect({ total, nonFinite }).toEqual({ total: 102, nonFinite: 1 });
    expect(before.x).toHaveLength(100);
  });

  test('that are old stay until the new ones are there', async () => {
    const { asked, read, answer } = host();
    const store = new CurveStore(read, () => undefined, fail);
    store.want([loss(1), loss(2)], 1000);
    await answer();
    const before = store.get(loss(2));
    store.expire(({ run }) => run === 2);
    expect(store.get(loss(2))).toBe(before);
    await answer();
    expect(asked[1]!.queries).toEqual([loss(2)]);
    expect(store.get(loss(2))).not.toBe(before);
  });

  test('are read finely where one looks closely', async () => {
    const { asked, read, answer } = host();
    const store = new CurveStore(read, () => undefined, fail);
    store.want([loss(1)], 50);
    await answer();
    const refined = store.refine([loss(1), loss(9)], 31, 44);
    await answer();
    await refined;
    expect(asked[1]).toMatchObject({ from: 31, to: 44, queries: [loss(1)] });
    expect([...store.get(loss(1))!.x]).toEqual([10, 20, 30, ...Array.from({ length: 14 }, (_, i) => 31 + i), 50, 60, 70, 80, 90, 100]);
  });

  test('that are refused say so, and can be asked for again', async () => {
    const errors: unknown[] = [];
    let refuse = true;
    const { read, answer } = host();
    const store = new CurveStore((input) => (refuse ? Promise.reject(new Error('gone')) : read(input)), () => undefined, (error) => errors.push(error));
    store.want([loss(1)], 1000);
    await new Promise((resolve) => setTimeout(resolve));
    expect(errors).toEqual([new Error('gone')]);
    refuse = false;
    store.expire(() => true);
    await answer();
    expect(store.get(loss(1))!.total).toBe(100);
  });
});

test('a finer part takes the place of the coarse one', () => {
  const curve = (...x: number[]) => ({ x: Float64Array.from(x), y: Float64Array.from(x, (value) => -value) });
  expect(splice(curve(1, 5, 9), curve(5, 6, 7), 4, 8)).toEqual(curve(1, 5, 6, 7, 9));
  expect(splice(curve(1, 5), curve(), 2, 3)).toEqual(curve(1, 5));
  expect(splice(curve(1, 5), curve(6), 6, 9)).toEqual(curve(1, 5, 6));
});
