import type { Picture } from '../../charts/types.ts';
import { fitPicture } from '../reasoning/fit-picture.ts';

/** Height of a thumbnail, px. */
export const THUMBNAIL = 48;
/** A row of the table: a thumbnail and a little air. */
export const ROW_HEIGHT = 56;
/** Strips (one row of many numbers) and many matrices side by side get no wider than this. */
const WIDEST = 160;

/** A number of a strip. */
const STRIP_CELL = 12;

/** Width that a thumbnail takes in the table, px. */
export function thumbnailWidth({ count, rows, columns }: Picture): number {
  const across = count * columns + (count - 1);
  return Math.round(Math.min(WIDEST, Math.max(THUMBNAIL, rows === 1 ? across * STRIP_CELL : (across / rows) * THUMBNAIL)));
}

/** How large a thumbnail is drawn. */
export const thumbnailFit = (picture: Picture): { readonly size: number; readonly height?: number } => fitPicture(picture, thumbnailWidth(picture), THUMBNAIL);
