import type { RunConfig } from '../contract/config.ts';
import type { TrainerEvent, WalkMoments } from '../contract/events.ts';
import { energyMetric, haltingMetric } from '../contract/metrics.ts';
import type { Outcome } from '../methods/types.ts';
import { beat } from '../../db/run-life.ts';
import { writeSeries } from '../../db/series.ts';
import { transaction, type WriteStore } from '../../db/open.ts';
import { momentsOf } from './moments.ts';
import { SeriesBuffer } from './series-buffer.ts';

/** At most five messages a second reach the owner. Whoever looks draws as they come, and every drawing takes time of processors that train; with fewer, what happens would be seen late. */
const SEND_EVERY_MS = 200;
/** A crash loses at most a second of metrics: half of that leaves room for a slow iteration and a slow write. */
const STORE_EVERY_MS = 500;
/** Processor and memory of this process are sampled so often. */
const SAMPLE_EVERY_MS = 1000;

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
  if (outcome.halting) {
    const chances = Array.from({ length: outcome.halting.length / rows }, (_, i) => mean(outcome.halting!, i * rows, (i + 1) * rows));
    chances.forEach((chance, i) => metrics.push([haltingMetric(i + 1), chance]));
    metrics.push(['expected_steps', chances.reduce((sum, chance, i) => sum + (i + 1) * chance, 0)]);
  }
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

/** Energies along an iteration's walk [steps + 1, rows]; rows in front were replayed. */
export type Energies = Pick<Measured, 'rows' | 'replayed'> & { readonly values: Float32Array };

/** What a message says of the newest walk: computed only for those that are sent. */
function momentsOfWalk(iteration: number, { values, rows, replayed }: Energies): WalkMoments {
  const { means, deviations } = momentsOf(values, rows);
  return { iteration, fresh: rows - replayed, replayed, mean: means, deviation: deviations };
}

/** Brings what an iteration measured to the store and to the owner, in batches. */
export class Telemetry {
  private readonly store: WriteStore;
  private readonly run: number;
  private readonly send: (event: TrainerEvent) => void;
  private readonly unsent = new SeriesBuffer();
  private readonly unstored = new SeriesBuffer();
  /** The last finished iteration, whose time is not known yet. */
  private open: { iteration: number; metrics: readonly (readonly [metric: string, value: number])[]; energies: Energies | undefined } | undefined;
  /** Of the last one whose numbers wait to be sent. */
  private walked: { iteration: number; energies: Energies } | undefined;
  private finished: number;
  /** The last one whose numbers wait to be sent. */
  private closed: number;
  private sentAt = -Infinity;
  private storedAt = performance.now();
  private sampledAt = -Infinity;
  private processor = { at: performance.now(), used: process.cpuUsage() };

  /** @param iteration the last one that was finished before this process */
  constructor(store: WriteStore, run: number, iteration: number, send: (event: TrainerEvent) => void) {
    this.store = store;
    this.run = run;
    this.finished = iteration;
    this.closed = iteration;
    this.send = send;
  }

  /**
   * An iteration is finished: its numbers go into the next write.
   *
   * @param energies read when the owner is told, at the latest before the next call: not copied
   */
  record(iteration: number, metrics: readonly (readonly [metric: string, value: number])[], energies?: Energies): void {
    for (const [metric, value] of metrics) this.unstored.add(metric, iteration, value);
    this.walked = undefined;
    this.open = { iteration, metrics, energies };
    this.finished = iteration;
  }

  /** The recorded iteration took `ms` until the next one started: its owner hears of it. */
  close(ms: number): void {
    if (!this.open) return;
    const { iteration, metrics, energies } = this.open;
    this.open = undefined;
    this.closed = iteration;
    this.walked = energies && { iteration, energies };
    const now = performance.now();
    const own: [string, number][] = [['ms', ms]];
    if (now - this.sampledAt >= SAMPLE_EVERY_MS) {
      own.push(['cpu', this.processorShare(now)], ['memory', process.memoryUsage.rss()]);
      this.sampledAt = now;
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
    this.send({ type: 'metrics', at: Date.now(), series: this.unsent.take(), last: this.closed, ...(this.walked ? { walk: momentsOfWalk(this.walked.iteration, this.walked.energies) } : {}) });
  }

  /** Processors that this process kept busy since the last call. */
  private processorShare(now: number): number {
    const { user, system } = process.cpuUsage(this.processor.used);
    const share = (user + system) / 1000 / Math.max(1, now - this.processor.at);
    this.processor = { at: now, used: process.cpuUsage() };
    return share;
  }
}
