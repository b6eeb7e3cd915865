import { curveRows, unionOfX } from '../save/csv.ts';
import type { LineSeries } from '../types.ts';

/** Cells of a table at most: a page of more becomes slow, and nobody reads it. */
const MOST_CELLS = 20_000;
const MOST_ROWS = 1000;

export interface LineTable {
  readonly caption: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly (number | string | undefined)[])[];
}

/** A chart's curves as a table: all rows, or as many as can be shown, evenly spaced, the last one among them. */
export function lineTable(title: string, xTitle: string, series: readonly LineSeries[], total: number | undefined, count: (value: number) => string): LineTable {
  const named = series.filter(({ background }) => !background);
  const all = unionOfX(named);
  const columns = 1 + named.reduce((sum, { band }) => sum + (band ? 3 : 1), 0);
  const most = Math.max(10, Math.min(MOST_ROWS, Math.floor(MOST_CELLS / columns)));
  const rows = all.length <= most ? all : Float64Array.from({ length: most }, (_, k) => all[Math.round((k * (all.length - 1)) / (most - 1))]!);
  const [header, ...body] = curveRows(named, xTitle, rows);
  const part = rows.length < all.length ? ` ${count(rows.length)} of ${count(all.length)} rows, evenly spaced; the CSV file has all of them.` : '';
  const thinned = total !== undefined && total > all.length ? ` Drawn from ${count(total)} values with their exact extremes.` : '';
  return { caption: `${title}.${part}${thinned}`, header: header as string[], rows: body };
}
