import type { Column } from './entries.ts';

export interface Sort {
  readonly column: Column;
  readonly descending: boolean;
}

/** What the model is worst at comes first. */
export const FIRST_SORT: Sort = { column: 'error', descending: true };

/** Rows in order of their values: NaN last whichever way, equal ones in order of uid. */
export function sortRows(rows: Uint32Array<ArrayBuffer>, values: Float64Array, descending: boolean): Uint32Array<ArrayBuffer> {
  const sign = descending ? -1 : 1;
  return rows.slice().sort((a, b) => {
    const x = values[a]!;
    const y = values[b]!;
    if (x < y) return -sign;
    if (x > y) return sign;
    if (x === y) return a - b;
    return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b;
  });
}

/** What a click on a column's header does: numbers that are best when small come up first, the rest largest first; again turns it round. */
export function nextSort(sort: Sort, column: Column): Sort {
  if (sort.column === column) return { column, descending: !sort.descending };
  return { column, descending: column !== 'energy' && column !== 'energyNow' && column !== 'energyChange' && column !== 'problem' };
}
