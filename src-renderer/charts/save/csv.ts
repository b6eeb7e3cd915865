import type { LineSeries } from '../types.ts';

/** RFC 4180: quoted where a comma, a quote or a line break makes it necessary. */
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Every digit; NaN and Infinity as those words, which Python, R and spreadsheets read. */
const cell = (value: number | string | null | undefined): string => (value === null || value === undefined ? '' : typeof value === 'string' ? quoted(value) : String(value));

/** Rows of cells as CSV, lines ended by CR LF. */
export const csvOf = (rows: readonly (readonly (number | string | null | undefined)[])[]): string => rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** All x of some curves, rising, each once. */
export function unionOfX(series: readonly LineSeries[]): Float64Array {
  if (series.length > 0 && series.every(({ x }) => x === series[0]!.x || sameValues(x, series[0]!.x))) return series[0]!.x;
  const all = Float64Array.from(series.flatMap(({ x }) => [...x])).sort();
  let count = 0;
  for (const x of all) if (count === 0 || all[count - 1] !== x) all[count++] = x;
  return all.subarray(0, count);
}

const sameValues = (a: Float64Array, b: Float64Array): boolean => a.length === b.length && a.every((value, k) => value === b[k]);

/** A table of curves: one row an x, one column a curve (and its band's edges); empty where a curve has no sample. */
export function curveRows(series: readonly LineSeries[], xTitle: string, at: Float64Array = unionOfX(series)): (number | string | undefined)[][] {
  const header = [xTitle, ...series.flatMap(({ label, band }) => [label, ...(band ? [`${label}, band low`, `${label}, band high`] : [])])];
  const places = series.map(() => 0);
  const rows = [...at].map((x) => {
    const row: (number | undefined)[] = [x];
    for (const [index, one] of series.entries()) {
      let place = places[index]!;
      while (place < one.x.length && one.x[place]! < x) place++;
      places[index] = place;
      const here = one.x[place] === x;
      row.push(here ? one.y[place] : undefined);
      if (one.band) row.push(here ? one.band.low[place] : undefined, here ? one.band.high[place] : undefined);
    }
    return row;
  });
  return [header, ...rows];
}

/** Everything that a chart was given of its curves, unsmoothed, as CSV. */
export const curvesCsv = (series: readonly LineSeries[], xTitle: string): string => csvOf(curveRows(series, xTitle));
