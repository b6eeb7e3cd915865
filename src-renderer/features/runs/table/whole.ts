import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { formatExact } from '../../../format/numbers.ts';
import { standingWords } from '../../../format/trivial.ts';
import type { Column, Formats } from './columns.ts';

/**
 * A cell without shortening, for hover: numbers in every digit, text that may be cut off as a whole, an error beside every trivial
 * answer. undefined for cells that have nothing more to say, or say it themselves.
 */
export function wholeOf(column: Column, run: RunSummary, write: Formats, now: number): string | undefined {
  switch (column.drawn) {
    case 'error':
      return standingOf(run, 'same', write);
    case 'harder':
      return standingOf(run, 'harder', write);
    case undefined:
    case 'progress': {
      const value = column.numeric ? column.sortBy?.(run, now) : undefined;
      return typeof value === 'number' && column.id !== 'duration' ? formatExact(value) : column.text(run, write, now);
    }
    default:
      return undefined;
  }
}

function standingOf({ lastError, references }: RunSummary, difficulty: 'same' | 'harder', { number }: Formats): string | undefined {
  const error = lastError[difficulty];
  return error === null ? undefined : standingWords(error, references, difficulty, number);
}
