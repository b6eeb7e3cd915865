import { expect, it } from 'vitest';
import { spread } from '../../../../src-main/host/handlers/series.ts';

it('a few of many are spread evenly, first and last among them', () => {
  const all = Array.from({ length: 1001 }, (_, i) => i);
  expect(spread(all, 5)).toEqual([0, 250, 500, 750, 1000]);
  expect(spread(all, 2)).toEqual([0, 1000]);
  expect(spread([1, 2, 3], 3)).toEqual([1, 2, 3]);
});
