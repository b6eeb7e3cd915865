import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { formatExact } from '../../../format/numbers.ts';
import type { Column, Formats } from './columns.ts';

/** A cell without shortening, for hover: numbers in every digit, text that may be cut off as a whole. */
export function wholeOf(column: Column, run: RunSummary, write: Formats, now: number): string {
  const value = column.numeric ? column.sortBy?.(run, now) : undefined;
  return typeof value === 'number' && column.id !== 'duration' ? formatExact(value) : column.text(run, write, now);
}
