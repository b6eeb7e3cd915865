import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Series } from '../../../../src-main/contract/events.ts';
import { Thinner } from '../../../../src-main/host/live/thinner.ts';

const series = (metric: string, first: number, ...values: number[]): Series => ({ metric, first, values: Float64Array.from(values) });

it('keeps of each metric the smallest, the largest, the first non-finite and the newest value, at their iterations', () => {
  const thinner = new Thinner();
  thinner.add([series('loss', 1, 5, 1, 3)], 3);
  thinner.add([series('loss', 4, NaN, 9, Infinity, 4, 4), series('ms', 4, 1)], 8);
  expect(thinner.take(7)).toEqual({
    run: 7, last: 8, total: 9,
    series: [
      { metric: 'loss', iterations: Float64Array.of(2, 4, 5, 8), values: Float64Array.of(1, NaN, 9, 4) },
      { metric: 'ms', iterations: Float64Array.of(4), values: Float64Array.of(1) },
    ],
  });
});

it('begins anew after each message, and carries the newest walk and the oldest time', () => {
  const thinner = new Thinner();
  const walk = (iteration: number) => ({ iteration, fresh: 2, replayed: 1, mean: Float64Array.of(1), deviation: Float64Array.of(0) });
  thinner.add([series('loss', 1, 5)], 1, { walk: walk(1), at: 100 });
  thinner.add([series('loss', 2, 6)], 2, { walk: walk(2), at: 200 });
  expect(thinner.take(1)).toMatchObject({ walk: { iteration: 2 }, at: 100, total: 2 });
  expect(thinner.isEmpty).toBe(true);
  thinner.add([series('loss', 3, 1)], 3);
  expect(thinner.take(1)).toEqual({ run: 1, last: 3, total: 1, series: [{ metric: 'loss', iterations: Float64Array.of(3), values: Float64Array.of(1) }] });
});

it('never shows a curve whose extremes are not those of what was measured, and at most four points', () => {
  const batch = fc.array(fc.double(), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(fc.array(batch, { minLength: 1, maxLength: 6 }), (batches) => {
      const thinner = new Thinner();
      let first = 1;
      for (const values of batches) {
        thinner.add([series('m', first, ...values)], first + values.length - 1);
        first += values.length;
      }
      const all = batches.flat();
      const { series: [taken], total, last } = thinner.take(1);
      const kept = [...taken!.values];
      expect([total, last]).toEqual([all.length, all.length]);
      expect(kept.length).toBeLessThanOrEqual(4);
      const finite = (values: number[]) => values.filter(Number.isFinite);
      expect([Math.min(...finite(kept)), Math.max(...finite(kept))]).toEqual([Math.min(...finite(all)), Math.max(...finite(all))]);
      expect(kept.some((value) => !Number.isFinite(value))).toBe(all.some((value) => !Number.isFinite(value)));
      taken!.iterations.forEach((iteration, i) => expect(kept[i]).toBe(all[iteration - 1]));
      expect([...taken!.iterations]).toEqual([...taken!.iterations].sort((a, b) => a - b));
      expect(taken!.iterations.at(-1)).toBe(all.length);
    }),
  );
});
