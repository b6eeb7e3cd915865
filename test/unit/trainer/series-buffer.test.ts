import { expect, test } from 'vitest';
import { SeriesBuffer } from '../../../src-main/trainer/series-buffer.ts';

test('consecutive iterations of a metric are one series, a gap begins another', () => {
  const buffer = new SeriesBuffer();
  buffer.add('loss', 5, 0.5);
  buffer.add('memory', 5, 100);
  buffer.add('loss', 6, NaN);
  buffer.add('loss', 8, 0.25);
  expect(buffer.take()).toEqual([
    { metric: 'loss', first: 5, values: Float64Array.of(0.5, NaN) },
    { metric: 'loss', first: 8, values: Float64Array.of(0.25) },
    { metric: 'memory', first: 5, values: Float64Array.of(100) },
  ]);
  expect(buffer.isEmpty).toBe(true);
});

test('what was taken is not given again, and later iterations follow on', () => {
  const buffer = new SeriesBuffer();
  buffer.add('loss', 1, 1);
  buffer.take();
  buffer.add('loss', 2, 2);
  expect(buffer.take()).toEqual([{ metric: 'loss', first: 2, values: Float64Array.of(2) }]);
  expect(buffer.take()).toEqual([]);
});
