import type { Column } from './columns.ts';
import { FIXED } from './layout.ts';

/** A shown column and its place among the shown ones, with what its cells have in common: worked out here once, and not in every row. */
export interface PlacedColumn {
  readonly shown: Column;
  readonly at: number;
  /** Where its cells stand in the row's grid, as written in a style. */
  readonly place: string;
  /** The classes of its cells. */
  readonly look: string;
  /** More letters than it has room for. */
  readonly room: number;
}

/** Words in a line: cut off at the end where they do not fit, so that of a number every digit is there. */
const isText = ({ drawn }: Column): boolean => drawn === undefined || drawn === 'error' || drawn === 'harder';

function lookOf(column: Column): string {
  const words = isText(column) ? !column.numeric || column.drawn !== undefined : column.drawn === 'tags';
  return ['cell', column.numeric && 'numeric', column.id === FIXED && 'fixed', isText(column) && 'plain', words && 'words'].filter(Boolean).join(' ');
}

/** Pixels beyond either edge whose columns are in the document: what a turn of a wheel brings in. A hidden cell costs a filter as much as a shown one. */
const SIDE = 160;

/** Pixels that no letter is narrower than. What is beyond the room for such letters is cut off anyway, but would be laid out: settings are five times as long as their column. */
const NARROWEST = 3;

/**
 * The columns that the window of the table shows, and the one that stays at its left edge.
 *
 * @param ends where each column ends, in pixels from the table's left end, rising
 * @param left how far the table is scrolled, width of its window [px]
 */
export function inSight(columns: readonly Column[], ends: readonly number[], left: number, width: number): PlacedColumn[] {
  const begins = (at: number) => ends[at - 1] ?? 0;
  const there = (shown: Column, at: number) => shown.id === FIXED || (ends[at]! > left - SIDE && begins(at) < left + width + SIDE);
  return columns.flatMap((shown, at) => (there(shown, at) ? [{ shown, at, place: `grid-column: ${at + 2}`, look: lookOf(shown), room: Math.ceil((ends[at]! - begins(at)) / NARROWEST) }] : []));
}
