import type { Picture } from '../../charts/types.ts';

/** Height of a thumbnail, px. */
export const THUMBNAIL = 48;
/** A row of the table: a thumbnail and a little air. */
export const ROW_HEIGHT = 56;
/** Strips (one row of many numbers) and many matrices side by side get no wider than this. */
const WIDEST = 160;

/** Width that a thumbnail takes in the table, px. */
export function thumbnailWidth({ count, rows, columns }: Picture): number {
  const across = count * columns + (count - 1);
  return Math.round(Math.min(WIDEST, Math.max(THUMBNAIL, (across / rows) * THUMBNAIL)));
}
