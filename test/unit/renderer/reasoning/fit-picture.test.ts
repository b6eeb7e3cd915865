import { describe, expect, it } from 'vitest';
import { fitPicture } from '../../../../src-renderer/features/reasoning/fit-picture.ts';

describe('a picture in the room there is', () => {
  it('has square cells, as large as width and height allow', () => {
    expect(fitPicture({ count: 1, rows: 20, columns: 20 }, 400, 200)).toEqual({ size: 200 });
    expect(fitPicture({ count: 1, rows: 20, columns: 20 }, 160, 200)).toEqual({ size: 160 });
    // Two blocks and a gap of one cell across: 41 cells in 410 px are 10 px each, 20 rows of them 200.
    expect(fitPicture({ count: 2, rows: 20, columns: 20 }, 410, 300)).toEqual({ size: 200 });
  });

  it('draws a strip of many numbers high enough to be pointed at', () => {
    expect(fitPicture({ count: 1, rows: 1, columns: 400 }, 400, 200)).toEqual({ size: 1, height: 24 });
    expect(fitPicture({ count: 1, rows: 1, columns: 4 }, 400, 48)).toEqual({ size: 48 });
  });
});
