import fc from 'fast-check';
import { expect, it } from 'vitest';
import { windowMeans } from '../../../../src-main/host/series/windows.ts';

it('averages windows that begin at multiples, and puts each mean at the middle', () => {
  const { iterations, values } = windowMeans({ iterations: Float64Array.of(8, 9, 10, 11, 25), values: Float64Array.of(1, 3, 5, 7, NaN) }, 10);
  expect([...iterations]).toEqual([5, 15, 25]);
  expect([...values]).toEqual([2, 6, NaN]);
});

it('is the plain mean over each window, whatever the iterations', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(1000), { minLength: 1 }), fc.integer({ min: 1, max: 300 }), (at, every) => {
      const iterations = Float64Array.from(at).sort();
      const values = iterations.map((iteration) => (iteration * 7919) % 31);
      const found = windowMeans({ iterations, values }, every);
      const expected = new Map<number, number[]>();
      iterations.forEach((iteration, i) => expected.set(Math.floor(iteration / every), [...(expected.get(Math.floor(iteration / every)) ?? []), values[i]!]));
      expect([...found.iterations]).toEqual([...expected.keys()].map((window) => (window + 0.5) * every));
      [...expected.values()].forEach((all, i) => expect(found.values[i]).toBeCloseTo(all.reduce((sum, value) => sum + value, 0) / all.length, 9));
    }),
  );
});
