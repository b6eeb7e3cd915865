import type { ProbeResult, Series } from '../../contract/events.ts';
import type { LogLine } from '../../contract/api/runs.ts';
import { readLog } from '../../../db/log.ts';
import { readProbe } from '../../../db/probes.ts';
import { readSeries } from '../../../db/series.ts';
import type { ReadStore } from '../../../db/open.ts';

/** What a run has recorded since the last look. */
export interface Recorded {
  readonly series: readonly Series[];
  /** Last finished iteration. */
  readonly last: number;
  readonly probes: readonly ProbeResult[];
  readonly checkpoints: readonly { readonly iteration: number; readonly best: boolean }[];
}

/** How far the live values of a run have been read from the store: for runs whose trainer another process owns. */
export class StoreCursor {
  readonly #store: ReadStore;
  readonly #run: number;
  readonly #ends = new Map<string, number>();
  #probe: number;
  #checkpoint: number;

  /** From now on: what was recorded before is not live. */
  constructor(store: ReadStore, run: number) {
    this.#store = store;
    this.#run = run;
    this.#probe = store.first<{ last: number | null }>('SELECT max(iteration) AS last FROM probes WHERE run = ?', run)?.last ?? -1;
    this.#checkpoint = store.first<{ last: number | null }>('SELECT max(created_at) AS last FROM checkpoints WHERE run = ?', run)?.last ?? 0;
    for (const { metric, last } of this.#metrics()) this.#ends.set(metric, last);
  }

  read(): Recorded {
    return this.#store.consistently(() => ({
      series: this.#metrics().flatMap(({ metric, last }) => this.#newValues(metric, last)),
      last: this.#store.first<{ iteration: number }>('SELECT iteration FROM runs WHERE id = ?', this.#run)?.iteration ?? 0,
      probes: this.#newProbes(),
      checkpoints: this.#newCheckpoints(),
    }));
  }

  #metrics(): { metric: string; last: number }[] {
    return this.#store.all<{ metric: string; last: number }>(
      `SELECT metric, (SELECT last FROM series_chunks WHERE series = series.id ORDER BY first DESC LIMIT 1) AS last FROM series WHERE run = ? AND last IS NOT NULL`,
      this.#run,
    );
  }

  #newValues(metric: string, last: number): Series[] {
    const from = (this.#ends.get(metric) ?? 0) + 1;
    if (last < from) return [];
    this.#ends.set(metric, last);
    const { iterations, values } = readSeries(this.#store, this.#run, metric, { from });
    if ('first' in iterations) return [{ metric, first: iterations.first, values }];
    return Array.from(iterations, (first, i) => ({ metric, first, values: values.subarray(i, i + 1) }));
  }

  #newProbes(): ProbeResult[] {
    const rows = this.#store.all<{ iteration: number; difficulty: ProbeResult['difficulty'] }>('SELECT iteration, difficulty FROM probes WHERE run = ? AND iteration > ? ORDER BY iteration', this.#run, this.#probe);
    this.#probe = rows.at(-1)?.iteration ?? this.#probe;
    return rows.flatMap(({ iteration, difficulty }) => readProbe(this.#store, this.#run, iteration, difficulty) ?? []);
  }

  #newCheckpoints(): { iteration: number; best: boolean }[] {
    const rows = this.#store.all<{ iteration: number; best: number; at: number }>('SELECT iteration, best, created_at AS at FROM checkpoints WHERE run = ? AND created_at > ? ORDER BY iteration', this.#run, this.#checkpoint);
    this.#checkpoint = Math.max(this.#checkpoint, ...rows.map(({ at }) => at));
    return rows.map(({ iteration, best }) => ({ iteration, best: best === 1 }));
  }
}

/** Lines of a run's log that were not read yet. */
export class LogCursor {
  readonly #store: ReadStore;
  readonly #run: number;
  #last: number;

  constructor(store: ReadStore, run: number) {
    this.#store = store;
    this.#run = run;
    this.#last = store.first<{ last: number | null }>('SELECT max(id) AS last FROM log_lines WHERE run = ?', run)?.last ?? 0;
  }

  read(): LogLine[] {
    const lines = readLog(this.#store, this.#run, { after: this.#last });
    this.#last = lines.at(-1)?.id ?? this.#last;
    return lines;
  }
}
