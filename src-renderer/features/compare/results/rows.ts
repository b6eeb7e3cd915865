import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import type { RunGroup } from '../groups/group-runs.ts';
import { summarise, type Summary } from '../groups/statistics.ts';
import { COLUMNS } from './columns.ts';
import type { Measured } from './measured.ts';
import { publishedFor, type Published } from './published.ts';
import { verdictOf, type Verdict } from './verdict.ts';

/** A row of the final table: a run, or the mean of a group. */
export interface ResultRow {
  readonly key: string;
  readonly label: string;
  readonly runs: readonly RunSummary[];
  /** By the keys of columns: over the members that count. */
  readonly cells: ReadonlyMap<string, Summary>;
  /** Members with results that count. */
  readonly counted: number;
  readonly diverged: readonly RunSummary[];
  readonly missing: readonly RunSummary[];
  /** Iterations, and problems of each difficulty, that the numbers come from: least and most. */
  readonly iterations: readonly [number, number] | null;
  readonly problems: readonly [number, number] | null;
  readonly sources: readonly Measured['source'][];
  readonly verdicts: readonly Verdict[];
  readonly published: Published | undefined;
}

/**
 * A group's numbers are means over its members. One that diverged has left the finite numbers, whatever an earlier probe found:
 * it is counted and named, and takes no part in a mean of several. By itself it shows what was measured before.
 */
export function resultRow({ key, label, runs }: RunGroup, measured: (run: RunSummary) => Measured | undefined): ResultRow {
  const diverged = runs.filter(({ status }) => status === 'diverged');
  const found = runs.map((run) => measured(run)).filter((result) => result !== undefined);
  const counting = runs.length === 1 ? found : found.filter(({ run }) => run.status !== 'diverged');
  const cells = new Map<string, Summary>();
  for (const { key: column } of COLUMNS) {
    const values = counting.map(({ errors }) => errors.get(column)).filter((error) => error !== undefined);
    if (values.length > 0) cells.set(column, summarise(values));
  }
  const published = runs.map(publishedFor);
  return {
    key,
    label,
    runs,
    cells,
    counted: counting.length,
    diverged,
    missing: runs.filter((run) => !found.some((result) => result.run === run)),
    iterations: extent(counting.map(({ iteration }) => iteration)),
    problems: extent(counting.map(({ problems }) => problems)),
    sources: [...new Set(counting.map(({ source }) => source))],
    verdicts: (['same', 'harder'] as const).map((difficulty) => verdictOf(difficulty, counting)).filter((verdict) => verdict !== undefined),
    // A number is comparable with a group only when it is so with every member.
    published: published.every((entry) => entry?.same === published[0]?.same) ? published.find((entry) => entry && entry.differs.length > 0) ?? published[0] : undefined,
  };
}

const extent = (values: readonly number[]): readonly [number, number] | null => (values.length === 0 ? null : [Math.min(...values), Math.max(...values)]);

/** A cell against the baseline's: how much more, and how many times as much. */
export interface Delta {
  readonly difference: number;
  readonly ratio: number;
}

export function deltaOf(cell: Summary | undefined, baseline: Summary | undefined): Delta | undefined {
  return cell && baseline ? { difference: cell.mean - baseline.mean, ratio: cell.mean / baseline.mean } : undefined;
}

/** Rows by a column ("name", "iteration" or an error's key); rows without a number, or with NaN, come last either way. */
export function sortRows(rows: readonly ResultRow[], sort: { readonly column: string; readonly descending: boolean } | null): readonly ResultRow[] {
  if (!sort) return rows;
  const { column, descending } = sort;
  const sign = descending ? -1 : 1;
  if (column === 'name') return [...rows].sort((a, b) => sign * a.label.localeCompare(b.label, 'en', { numeric: true }));
  const value = (row: ResultRow): number => (column === 'iteration' ? (row.iterations?.[1] ?? NaN) : (row.cells.get(column)?.mean ?? NaN));
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? Number(Number.isNaN(x)) - Number(Number.isNaN(y)) : sign * (x - y);
  });
}
