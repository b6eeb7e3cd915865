import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { COLUMNS, type SortValue } from './columns.ts';

export interface SortKey {
  readonly column: string;
  readonly descending: boolean;
}

/** Newest first, until the person chooses. */
export const FIRST_SORT: readonly SortKey[] = [{ column: 'created', descending: true }];

const BY_ID = new Map(COLUMNS.map((column) => [column.id, column]));

/**
 * Runs in order of the keys, the first counting most; newest first among equals. Numbers before NaN before nothing, in both directions:
 * what could not be measured is never the best.
 */
export function sortRuns(runs: readonly RunSummary[], keys: readonly SortKey[], now: number): RunSummary[] {
  const used = keys.flatMap(({ column, descending }) => {
    const read = BY_ID.get(column)?.sortBy;
    return read ? [{ read, sign: descending ? -1 : 1 }] : [];
  });
  const rows = runs.map((run) => ({ run, values: used.map(({ read }) => read(run, now)) }));
  rows.sort((a, b) => {
    for (let i = 0; i < used.length; i++) {
      const order = compare(a.values[i]!, b.values[i]!, used[i]!.sign);
      if (order !== 0) return order;
    }
    return b.run.id - a.run.id;
  });
  return rows.map(({ run }) => run);
}

function compare(a: SortValue, b: SortValue, sign: number): number {
  const [rankA, rankB] = [rank(a), rank(b)];
  if (rankA !== rankB) return rankA - rankB;
  if (rankA > 0) return 0;
  return sign * (typeof a === 'number' && typeof b === 'number' ? a - b || 0 : a! < b! ? -1 : a! > b! ? 1 : 0);
}

const rank = (value: SortValue): number => (value === null ? 2 : Number.isNaN(value) ? 1 : 0);

/** What a click on a title does: sorts by it, turns it around, then goes back. With Shift it is added to the keys there are. */
export function clickSort(keys: readonly SortKey[], column: string, add: boolean): readonly SortKey[] {
  const before = keys.find((key) => key.column === column);
  const next: SortKey[] = !before ? [{ column, descending: false }] : before.descending ? [] : [{ column, descending: true }];
  if (add) return before ? keys.flatMap((key) => (key.column === column ? next : [key])) : [...keys, ...next];
  return next.length > 0 ? next : FIRST_SORT;
}

/** Keys as an address says them: "error,-created". */
export const writeSort = (keys: readonly SortKey[]): string => keys.map(({ column, descending }) => `${descending ? '-' : ''}${column}`).join(',');

/** @returns the first order for an address that names none, or columns that do not exist */
export function readSort(text: string | undefined): readonly SortKey[] {
  const keys = (text ?? '').split(',').map((part): SortKey => ({ column: part.replace(/^-/, ''), descending: part.startsWith('-') }));
  const known = keys.filter(({ column }) => BY_ID.get(column)?.sortBy);
  return known.length > 0 ? known : FIRST_SORT;
}
