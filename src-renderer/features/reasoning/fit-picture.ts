import type { Picture } from '../../charts/types.ts';

/** Below this height a picture (a strip of one row) cannot be read or pointed at: its cells are drawn taller than wide. */
const LOWEST = 24;

/**
 * How large to draw matrices side by side: square cells, as large as the width and the height allow.
 *
 * @param available width, px
 * @param tallest height, px
 * @returns `size` as MatrixImage takes it (its shorter side), and the height of a strip's cells where they are not square
 */
export function fitPicture({ count, rows, columns }: Picture, available: number, tallest: number): { readonly size: number; readonly height?: number } {
  const across = count * columns + (count - 1);
  const cell = Math.min(available / across, tallest / rows);
  const size = cell * Math.min(across, rows);
  return cell * rows < LOWEST ? { size, height: Math.min(LOWEST, tallest) } : { size };
}
