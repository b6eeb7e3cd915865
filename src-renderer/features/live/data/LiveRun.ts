import { shallowRef } from 'vue';
import type { Payload } from '../../../../src-main/contract/api/index.ts';
import type { LogLine, RunDetails } from '../../../../src-main/contract/api/runs.ts';
import type { ProbeCurve } from '../../../../src-main/contract/api/series.ts';
import { request } from '../../../connection/client.ts';
import { waitsToGoOn } from './actions.ts';
import { withLines } from './log.ts';
import { metricsOf, probeError } from './metrics.ts';
import { NO_PACE, withSample, type Pace } from './pace.ts';
import { curveOf } from './probe-mean.ts';
import { RunCurve } from './RunCurve.ts';
import { withIterations } from './scrub.ts';
import { curveAt, EMPTY_SHELF, withCurve, withCurves, type Difficulty, type Shelf } from './shelf.ts';
import type { Points } from './splice.ts';

/** Points of a metric that are read for a whole run: two for each of a thousand windows, with some to spare for a window at either end. */
const POINTS = 2048;
/** The store is at most this far behind what is told live. */
const STORED_WITHIN_MS = 1500;
/** Details are read again at most so often while a run goes on. */
const DETAILS_EVERY_MS = 3000;

/**
 * What arrives is shown at most once in so long, everything that it moves in the same frame: a frame costs the machine, which trains,
 * more than what is drawn in it, and against thousands of iterations less time moves nothing that an eye could see. A trainer's
 * metrics come every 200 ms and are shown as they come.
 */
const SHOWN_EVERY_MS = 150;
/** What comes besides, as probes do, waits so long for metrics to be shown with. */
const SHOWN_WITHIN_MS = 250;

const SETTLE_MS = 300;
const SETTLE_TRIES = 8;

const NOTHING: Points = { x: new Float64Array(0), y: new Float64Array(0) };

/** What came, to be shown soon. */
interface Arrived {
  readonly last: number | undefined;
  readonly pace: Pace;
  readonly shelf: Shelf;
  readonly probes: readonly number[];
}

/**
 * What is known of one run while someone looks at it: read from the store, kept up to date by what the host tells. Arrays stay outside
 * reactivity: `changes` counts what arrived, and whoever draws reads the curves when it moves.
 */
export class LiveRun {
  readonly id: number;
  readonly details = shallowRef<RunDetails>();
  /** Why the run could not be read. */
  readonly failure = shallowRef<unknown>();
  readonly changes = shallowRef(0);
  readonly shelf = shallowRef(EMPTY_SHELF);
  /** Iterations that have a probe. */
  readonly probes = shallowRef<readonly number[]>([]);
  /** Newest iteration that was told live, and the pace until then: as of the last of `changes`. */
  readonly last = shallowRef<number>();
  readonly pace = shallowRef(NO_PACE);
  readonly log = shallowRef<readonly LogLine[]>([]);

  /** Energies along the newest iteration's walk in training. Not reactive, as the curves are not. */
  walk: Payload<'live.metrics'>['walk'];

  readonly #curves = new Map<string, RunCurve>();
  /** Metrics that are drawn: the others, of which a long walk has hundreds, are not kept. */
  #wanted: ReadonlySet<string> | undefined;
  #reading: Promise<void> | undefined;
  #timers = new Set<ReturnType<typeof setTimeout>>();
  #detailsAt = 0;
  #detailsDue = false;
  #arrived: Arrived = { last: undefined, pace: NO_PACE, shelf: EMPTY_SHELF, probes: [] };
  #shownAt = -Infinity;
  #showing: ReturnType<typeof setTimeout> | undefined;

  constructor(id: number) {
    this.id = id;
  }

  /** A metric's curve as it is now; empty while there is none. */
  points(metric: string): Points {
    return this.#curves.get(metric)?.points ?? NOTHING;
  }

  /** Reads everything anew: when the page opens, and after a lost connection. */
  read(): Promise<void> {
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #read(): Promise<void> {
    for (const curve of this.#curves.values()) curve.unsettle();
    try {
      const details = await this.#newestDetails();
      // Asked for before the details are shown: the host reads while the page makes itself. Followed already: what comes meanwhile is kept by the curves.
      const read = Promise.all([this.#readProbes(), this.#readSeries(details, details.run.status !== 'running')]);
      this.#takeDetails(details);
      await read;
      this.failure.value = undefined;
      if (details.run.status === 'running') this.#later(STORED_WITHIN_MS, () => this.#readSeries(details, true));
    } catch (error) {
      this.failure.value = error;
    }
  }

  async readDetails(): Promise<void> {
    this.#takeDetails(await this.#newestDetails());
  }

  async #newestDetails(): Promise<RunDetails> {
    let details = await request('runs.get', { run: this.id });
    // A trainer says that its run has ended a moment before its process is gone, and only then it is known not to wait for another turn.
    for (let tries = 0; tries < SETTLE_TRIES && this.details.value?.run.status === 'running' && waitsToGoOn(details.run, details.owner); tries++) {
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      details = await request('runs.get', { run: this.id });
    }
    return details;
  }

  #takeDetails(details: RunDetails): void {
    this.#detailsAt = performance.now();
    this.details.value = details;
    this.log.value = withLines(this.log.value, details.log);
    if (waitsToGoOn(details.run, details.owner)) this.refreshDetails();
  }

  /** Details again, soon: checkpoints, errors and divergence are in them. */
  refreshDetails(at = DETAILS_EVERY_MS): void {
    if (this.#detailsDue) return;
    this.#detailsDue = true;
    this.#later(Math.max(0, this.#detailsAt + at - performance.now()), async () => {
      this.#detailsDue = false;
      await this.readDetails();
    });
  }

  async #readSeries({ config, hasEnergy }: RunDetails, settled: boolean): Promise<void> {
    const metrics = metricsOf(config, hasEnergy);
    this.#wanted = new Set(metrics);
    for (const metric of this.#curves.keys()) if (!this.#wanted.has(metric)) this.#curves.delete(metric);
    const { series } = await request('series.read', { queries: metrics.map((metric) => ({ run: this.id, metric })), points: POINTS });
    for (const { metric, iterations, values } of series) this.#curve(metric).replace({ x: iterations, y: values }, settled);
    this.#show();
  }

  async #readProbes(): Promise<void> {
    const [{ probes }, { same, harder }] = await Promise.all([request('probes.curves', { run: this.id, limit: 40 }), request('probes.iterations', { run: this.id })]);
    this.#take({ shelf: withCurves(this.#arrived.shelf, probes), probes: withIterations(withIterations(this.#arrived.probes, same), harder) });
    this.#show();
  }

  /** Puts the whole probe of an iteration on the shelf, deviations included. */
  async readProbe(iteration: number, difficulty: Difficulty): Promise<void> {
    if ((curveAt(this.#arrived.shelf, difficulty, iteration)?.errorDeviations.length ?? 0) > 0) return;
    const { probe } = await request('probes.read', { run: this.id, iteration, difficulty });
    this.#take({ shelf: withCurve(this.#arrived.shelf, curveOf(probe)) });
    this.#show();
  }

  takeMetrics({ last, series, walk }: Payload<'live.metrics'>): void {
    for (const { metric, iterations, values } of series) if (this.#wanted?.has(metric) ?? true) this.#curve(metric).append({ x: iterations, y: values });
    if (walk) this.walk = walk;
    this.#take({ last, pace: withSample(this.#arrived.pace, performance.now(), last) });
    this.#changed(SHOWN_EVERY_MS);
  }

  takeProbe(curve: ProbeCurve): void {
    this.#take({ shelf: withCurve(this.#arrived.shelf, curve), probes: withIterations(this.#arrived.probes, [curve.iteration]) });
    const error = curve.meanErrors.at(-1);
    if (error !== undefined) this.#curve(probeError(curve.difficulty)).append({ x: Float64Array.of(curve.iteration), y: Float64Array.of(error) });
    this.#changed(SHOWN_WITHIN_MS);
  }

  takeLog(line: LogLine): void {
    this.log.value = withLines(this.log.value, [line]);
  }

  /** Nothing is read or told any more. */
  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #curve(metric: string): RunCurve {
    let curve = this.#curves.get(metric);
    if (!curve) this.#curves.set(metric, (curve = new RunCurve()));
    return curve;
  }

  #take(arrived: Partial<Arrived>): void {
    this.#arrived = { ...this.#arrived, ...arrived };
  }

  /** Shows what arrived, at the earliest so long after the last time. */
  #changed(after: number): void {
    const wait = this.#shownAt + after - performance.now();
    if (wait <= 0) this.#show();
    else this.#showing ??= this.#later(wait, () => this.#show());
  }

  #show(): void {
    if (this.#showing) this.#cancel(this.#showing);
    this.#showing = undefined;
    this.#shownAt = performance.now();
    ({ last: this.last.value, pace: this.pace.value, shelf: this.shelf.value, probes: this.probes.value } = this.#arrived);
    this.changes.value++;
  }

  #cancel(timer: ReturnType<typeof setTimeout>): void {
    clearTimeout(timer);
    this.#timers.delete(timer);
  }

  #later(ms: number, act: () => void | Promise<void>): ReturnType<typeof setTimeout> {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void act()?.catch((error: unknown) => (this.failure.value = error));
    }, ms);
    this.#timers.add(timer);
    return timer;
  }
}
