import type { RunConfig } from '../contract/config.ts';
import type { TrainerEvent } from '../contract/events.ts';
import { energyMetric } from '../contract/metrics.ts';
import type { Outcome } from '../methods/types.ts';
import { beat } from '../../db/run-life.ts';
import { writeSeries } from '../../db/series.ts';
import { transaction, type WriteStore } from '../../db/open.ts';
import { SeriesBuffer } from './series-buffer.ts';

/** At most ten messages a second reach the owner. */
const SEND_EVERY_MS = 100;
/** A crash loses at most a second of metrics: half of that leaves room for a slow iteration and a slow write. */
const STORE_EVERY_MS = 500;
const MEMORY_EVERY_MS = 1000;

/** One finished iteration. */
export interface Measured {
  readonly iteration: number;
  readonly outcome: Outcome;
  /** Rows of the batch, and how many of them, in front, were replayed. */
  readonly rows: number;
  readonly replayed: number;
  readonly steps: number;
}

/** Numbers of an iteration by metric (contract/metrics.ts says how each is made), except its time. */
export function metricsOf({ outcome, rows, replayed, steps }: Measured, config: RunConfig): [metric: string, value: number][] {
  const metrics: [string, number][] = [
    ['loss', outcome.loss],
    ['loss/fresh', mean(outcome.errors, replayed, rows)],
  ];
  if (replayed > 0) metrics.push(['loss/replayed', mean(outcome.errors, 0, replayed)]);
  for (let k = 0; k * rows < outcome.energies.length; k++) metrics.push([energyMetric(k), mean(outcome.energies, k * rows, (k + 1) * rows)]);
  metrics.push(['answer_change', outcome.answerChange], ['gradient_norm', outcome.gradientNorm]);
  if (config.learnable_step_size) metrics.push(['step_size', outcome.stepSize]);
  if (config.steps_min > 0) metrics.push(['steps', steps]);
  return metrics;
}

/** Mean of values[from … to), summed in float64. */
export function mean(values: Float32Array, from = 0, to = values.length): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]!;
  return sum / (to - from);
}

/** Brings what an iteration measured to the store and to the owner, in batches. */
export class Telemetry {
  private readonly store: WriteStore;
  private readonly run: number;
  private readonly send: (event: TrainerEvent) => void;
  private readonly unsent = new SeriesBuffer();
  private readonly unstored = new SeriesBuffer();
  /** The last finished iteration, whose time is not known yet. */
  private open: { iteration: number; metrics: readonly (readonly [metric: string, value: number])[] } | undefined;
  private finished: number;
  /** The last one whose numbers wait to be sent. */
  private closed: number;
  private sentAt = -Infinity;
  private storedAt = performance.now();
  private memoryAt = -Infinity;

  /** @param iteration the last one that was finished before this process */
  constructor(store: WriteStore, run: number, iteration: number, send: (event: TrainerEvent) => void) {
    this.store = store;
    this.run = run;
    this.finished = iteration;
    this.closed = iteration;
    this.send = send;
  }

  /** An iteration is finished: its numbers go into the next write. */
  record(iteration: number, metrics: readonly (readonly [metric: string, value: number])[]): void {
    for (const [metric, value] of metrics) this.unstored.add(metric, iteration, value);
    this.open = { iteration, metrics };
    this.finished = iteration;
  }

  /** The recorded iteration took `ms` until the next one started: its owner hears of it. */
  close(ms: number): void {
    if (!this.open) return;
    const { iteration, metrics } = this.open;
    this.open = undefined;
    this.closed = iteration;
    const now = performance.now();
    const own: [string, number][] = [['ms', ms]];
    if (now - this.memoryAt >= MEMORY_EVERY_MS) {
      own.push(['memory', process.memoryUsage.rss()]);
      this.memoryAt = now;
    }
    for (const [metric, value] of own) this.unstored.add(metric, iteration, value);
    for (const [metric, value] of [...metrics, ...own]) this.unsent.add(metric, iteration, value);
    if (now - this.sentAt >= SEND_EVERY_MS) this.flushToOwner();
  }

  /** Stores what is due: call it at every iteration. @throws BasinError `store.*`, `run.lost` */
  tick(): void {
    if (performance.now() - this.storedAt >= STORE_EVERY_MS) this.flush();
  }

  /** Stores everything, and that this process is alive. @throws BasinError `store.*`, `run.lost` */
  flush(): void {
    this.storedAt = performance.now();
    transaction(this.store, () => {
      if (!this.unstored.isEmpty) writeSeries(this.store, this.run, this.unstored.take());
      beat(this.store, this.run, this.finished);
    });
  }

  /** Sends the owner what it has not heard yet. */
  flushToOwner(): void {
    if (this.unsent.isEmpty) return;
    this.sentAt = performance.now();
    this.send({ type: 'metrics', series: this.unsent.take(), last: this.closed });
  }
}
