import type { Picture } from '../../charts/types.ts';
import type { Column } from './entries.ts';
import { thumbnailWidth } from './thumbnails.ts';
import type { TableColumn } from './table-columns.ts';

export interface Pictures {
  readonly x: Picture;
  readonly y: Picture;
}

export const COLUMN_GAP = 5;
const PADDING = 8;

/** Of x, y, target and what is wrong, px. */
export const pictureWidths = (pictures: Pictures | null): number[] => (pictures ? [thumbnailWidth(pictures.x), ...Array.from({ length: 3 }, () => thumbnailWidth(pictures.y))] : []);

/** The table's width at least, px: narrower, it scrolls sideways. */
export function leastWidth(pictures: Pictures | null, columns: readonly TableColumn[]): number {
  const widths = [...pictureWidths(pictures), ...columns.map(({ width }) => width)];
  return widths.reduce((sum, width) => sum + width + COLUMN_GAP, 2 * PADDING - COLUMN_GAP);
}

/** What a row can do without first, as the inspector says it of the entry at hand. */
const SPARED: readonly Column[] = ['problem', 'newestGeneration', 'uid', 'fall', 'uses', 'age', 'generation', 'energyChange'];

/** Columns that fit beside the pictures into a width, px. Those that matter most are kept, whatever the width. */
export function fittingColumns(columns: readonly TableColumn[], pictures: Pictures | null, width: number): readonly TableColumn[] {
  let kept = columns;
  for (const spared of SPARED) {
    if (leastWidth(pictures, kept) <= width) break;
    kept = kept.filter(({ column }) => column !== spared);
  }
  return kept;
}
