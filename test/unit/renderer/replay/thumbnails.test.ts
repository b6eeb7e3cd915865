import { expect, it } from 'vitest';
import { thumbnailWidth } from '../../../../src-renderer/features/replay/thumbnails.ts';

it('thumbnails are as wide as their matrices side by side, strips and rows of many no wider than the table bears', () => {
  expect(thumbnailWidth({ count: 1, rows: 20, columns: 20 })).toBe(48);
  expect(thumbnailWidth({ count: 2, rows: 20, columns: 20 })).toBe(Math.round((41 / 20) * 48));
  expect(thumbnailWidth({ count: 1, rows: 1, columns: 400 })).toBe(160);
  expect(thumbnailWidth({ count: 1, rows: 1, columns: 5 })).toBe(60);
  expect(thumbnailWidth({ count: 1, rows: 1, columns: 1 })).toBe(48);
});
