import { expect, it } from 'vitest';
import { lowestUpdates, meanAtLowest } from '../../../../src-main/host/series/lowest.ts';

it("takes each problem's numbers at its own lowest finite energy", () => {
  // [3 levels, 2 problems]: the first is lowest after 2 updates, the second after 1.
  const energies = Float32Array.of(3, 2, 2, 1, 1, 5);
  expect([...lowestUpdates(energies, 2)]).toEqual([2, 1]);
  expect(meanAtLowest(energies, Float32Array.of(9, 9, 9, 4, 2, 9), 2)).toBe(3);
});

it('passes over NaN, and stays at the first answer where nothing is finite', () => {
  expect([...lowestUpdates(Float32Array.of(NaN, NaN, 2, NaN, 3, NaN), 2)]).toEqual([1, 0]);
  expect([...lowestUpdates(Float32Array.of(1, 1, NaN, -Infinity), 2)]).toEqual([0, 0]);
  expect(meanAtLowest(Float32Array.of(NaN, NaN), Float32Array.of(NaN, 4), 1)).toBeNaN();
});
