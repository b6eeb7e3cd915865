import type { Column } from './columns.ts';
import { FIXED } from './layout.ts';

/** A shown column and its place among the shown ones. */
export interface PlacedColumn {
  readonly shown: Column;
  readonly at: number;
}

/** Pixels beyond either edge whose columns are in the document: what a turn of a wheel brings in. A hidden cell costs a filter as much as a shown one. */
const SIDE = 160;

/**
 * The columns that the window of the table shows, and the one that stays at its left edge.
 *
 * @param ends where each column ends, in pixels from the table's left end, rising
 * @param left how far the table is scrolled, width of its window [px]
 */
export function inSight(columns: readonly Column[], ends: readonly number[], left: number, width: number): PlacedColumn[] {
  const begins = (at: number) => ends[at - 1] ?? 0;
  return columns.map((shown, at) => ({ shown, at })).filter(({ shown, at }) => shown.id === FIXED || (ends[at]! > left - SIDE && begins(at) < left + width + SIDE));
}
