import { BasinError } from '../src-main/contract/errors.ts';
import type { Series } from '../src-main/contract/events.ts';
import type { Extremes } from './series-chunk.ts';
import { writePiece } from './series-write.ts';
import type { ReadStore, WriteStore } from './store.ts';

export { readSeries, type Range, type SeriesData } from './series-read.ts';
export { thinSeries, thinValues } from './series-thin.ts';

/** A metric of a run as a whole. */
export interface MetricSummary extends Extremes {
  readonly metric: string;
  readonly count: number;
  /** First and last iteration with a value. */
  readonly first: number;
  readonly last: number;
}

/**
 * Records values; one written again for the same iteration replaces the old one. NaN and infinities are kept as they are.
 * One transaction, inside the caller's if there is one.
 *
 * @throws BasinError `run.unknown`, `store.*`; `series.first` (a bug) for an iteration that is not a whole number.
 */
export function writeSeries(store: WriteStore, run: number, series: readonly Series[]): void {
  store.transaction(() => {
    for (const { metric, first, values } of series) {
      if (!Number.isSafeInteger(first)) throw new BasinError('series.first', `Values of "${metric}" cannot start at iteration ${first}: it must be a whole number.`, { kind: 'bug', details: { metric, first } });
      if (values.length > 0) writePiece(store, seriesId(store, run, metric), first, values);
    }
  });
}

function seriesId(store: WriteStore, run: number, metric: string): number {
  const known = store.first<{ id: number }>('SELECT id FROM series WHERE run = ? AND metric = ?', run, metric);
  return known?.id ?? store.write('INSERT INTO series (run, metric) VALUES (?, ?)', run, metric).id;
}

/** Every metric that a run has values of, by name. Reads no values. */
export function listMetrics(store: ReadStore, run: number): MetricSummary[] {
  return store.all<MetricSummary>(
    `SELECT metric, sum(count) AS count, min(first) AS first, max(last) AS last, min(minimum) AS min, max(maximum) AS max, sum(non_finite) AS nonFinite
     FROM series JOIN series_chunks INDEXED BY series_chunks_summary ON series_chunks.series = series.id
     WHERE run = ? GROUP BY series.id ORDER BY metric`,
    run,
  );
}
