import type { Payload, PushName } from '../../contract/api/index.ts';
import type { RunSummary } from '../../contract/api/runs.ts';
import type { Push } from '../../contract/channel/host.ts';
import type { Series, WalkMoments } from '../../contract/events.ts';
import { Thinner } from './thinner.ts';

/** At most ten `live.metrics` a second and run. */
const EVERY_MS = 100;
/** What the metrics of a run may take on the wire: a run with many of them is told of more rarely. */
const BYTES_PER_SECOND = 40_000;
/** Lines of a log that wait for a congested client; the store has them all. */
const MOST_WAITING = 1000;

interface Pace {
  readonly thinner: Thinner;
  /** When the next message may leave. */
  nextAt: number;
}

/**
 * What waits to be told to one client. While its transport is congested nothing is sent: metrics are thinned further, a newer row of
 * a run replaces the older, and of probes only the newest stays. So a slow client costs a bounded amount of memory and hears the
 * newest state when it can.
 */
export class Outbox {
  readonly #push: Push;
  readonly #congested: () => boolean;
  readonly #metrics = new Map<number, Pace>();
  readonly #runs = new Map<number, RunSummary | undefined>();
  readonly #probes = new Map<string, Payload<'live.probe'>>();
  #waiting: { readonly name: PushName; readonly tell: () => void }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(push: Push, congested: () => boolean) {
    this.#push = push;
    this.#congested = congested;
  }

  /** Tells as soon as it can; for what comes rarely and may not be merged. */
  say: Push = (name, payload) => {
    if (this.#closed) return;
    this.#waiting.push({ name, tell: () => this.#push(name, payload) });
    // A client that never reads is its transport's to end; until then memory stays bounded.
    if (this.#waiting.length > MOST_WAITING) {
      const line = this.#waiting.findIndex((each) => each.name === 'live.log');
      this.#waiting.splice(Math.max(0, line), 1);
    }
    this.#flush();
  };

  runs(changed: readonly RunSummary[], removed: readonly number[]): void {
    for (const run of changed) this.#runs.set(run.id, run);
    for (const id of removed) this.#runs.set(id, undefined);
    this.#flush();
  }

  probe(payload: Payload<'live.probe'>): void {
    if (this.#closed) return;
    const key = `${payload.run} ${payload.probe.difficulty}`;
    this.#probes.delete(key);
    this.#probes.set(key, payload);
    this.#flush();
  }

  metrics(run: number, series: readonly Series[], last: number, sent: { readonly walk?: WalkMoments; readonly at?: number } = {}): void {
    if (this.#closed) return;
    let pace = this.#metrics.get(run);
    if (!pace) this.#metrics.set(run, (pace = { thinner: new Thinner(), nextAt: 0 }));
    pace.thinner.add(series, last, sent);
    this.#flush();
  }

  /** Sends what is left of a run's metrics, ahead of its turn: it has ended. */
  finish(run: number): void {
    const pace = this.#metrics.get(run);
    if (pace) pace.nextAt = 0;
    this.#flush();
  }

  /** Forgets the metrics of runs that are not followed any more. */
  follow(runs: ReadonlySet<number>): void {
    for (const run of this.#metrics.keys()) if (!runs.has(run)) this.#metrics.delete(run);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#metrics.clear();
    this.#runs.clear();
    this.#probes.clear();
    this.#waiting = [];
  }

  #flush(): void {
    if (this.#closed) return;
    try {
      if (this.#congested()) this.#again(EVERY_MS);
      else this.#send();
    } catch {
      // A transport that cannot be written to has lost its client: who serves it closes the session. Others must not suffer.
      this.close();
    }
  }

  #send(): void {
    if (this.#runs.size > 0) {
      const all = [...this.#runs];
      this.#runs.clear();
      this.#push('runs.changed', { runs: all.flatMap(([, run]) => run ?? []), removed: all.filter(([, run]) => !run).map(([id]) => id) });
    }
    for (const { tell } of this.#waiting.splice(0)) tell();
    for (const [key, payload] of [...this.#probes]) {
      this.#probes.delete(key);
      this.#push('live.probe', payload);
    }
    this.#sendMetrics();
  }

  #sendMetrics(): void {
    const now = performance.now();
    let next = Infinity;
    for (const [run, pace] of this.#metrics) {
      if (pace.thinner.isEmpty) continue;
      if (now >= pace.nextAt) {
        const message = pace.thinner.take(run);
        pace.nextAt = now + Math.max(EVERY_MS, (sizeOf(message) / BYTES_PER_SECOND) * 1000);
        this.#push('live.metrics', message);
      } else next = Math.min(next, pace.nextAt);
    }
    if (next < Infinity) this.#again(next - now);
  }

  #again(ms: number): void {
    if (this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#flush();
    }, ms);
    this.#timer.unref();
  }
}

/** About what a message takes on the wire: numbers of 8 bytes, names, and a few bytes around each. */
function sizeOf({ series, walk }: Payload<'live.metrics'>): number {
  const points = series.reduce((sum, { metric, values }) => sum + 16 * values.length + metric.length + 40, 0);
  return 60 + points + (walk ? 16 * walk.mean.length + 60 : 0);
}
