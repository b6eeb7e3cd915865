import { expect, it } from 'vitest';
import { sampleRows, withRow } from '../../../../src-renderer/features/replay/scatter-points.ts';

it('a cloud is thinned evenly, and the chosen entry is always in it', () => {
  const rows = Uint32Array.from({ length: 100 }, (_, i) => i);
  expect(sampleRows(rows, 100)).toBe(rows);
  expect([...sampleRows(rows, 4)]).toEqual([12, 37, 62, 87]);
  expect([...withRow(Uint32Array.of(1, 2), 2)]).toEqual([1, 2]);
  expect([...withRow(Uint32Array.of(1, 2), 7)]).toEqual([1, 2, 7]);
  expect([...withRow(Uint32Array.of(1, 2), -1)]).toEqual([1, 2]);
});
