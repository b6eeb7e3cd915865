import type { ProbeResult, TrainerEvent } from '../../contract/events.ts';
import type { Workbench } from '../../workbench/workbench.ts';
import type { Session } from '../session.ts';
import { curveOf } from './curve.ts';
import { LogCursor, StoreCursor } from './store-cursor.ts';

/** Where a followed run's live values come from: its trainer tells its log's lines by number, another process's run is read from the store. */
interface Followed {
  readonly log: LogCursor;
  /** Undefined while this process trains the run: what its trainer tells must not be told again. */
  stored: StoreCursor | undefined;
}

/** Brings what happens in a run to the clients that follow it. */
export class Fanout {
  readonly #workbench: Workbench;
  readonly #sessions: ReadonlySet<Session>;
  readonly #followed = new Map<number, Followed>();
  readonly #failed: (error: unknown) => void;
  readonly #end: () => void;

  /** @param failed told when the store cannot be read */
  constructor(workbench: Workbench, sessions: ReadonlySet<Session>, failed: (error: unknown) => void) {
    this.#workbench = workbench;
    this.#sessions = sessions;
    this.#failed = failed;
    this.#end = workbench.subscribe((run, event) => this.#heard(run, event));
  }

  /** To be called when what sessions follow has changed. */
  update(): void {
    const wanted = new Set([...this.#sessions].flatMap(({ followed }) => [...followed]));
    for (const run of this.#followed.keys()) if (!wanted.has(run)) this.#followed.delete(run);
    const { store } = this.#workbench;
    for (const run of wanted) if (!this.#followed.has(run)) this.#followed.set(run, { log: new LogCursor(store, run), stored: this.#isOwn(run) ? undefined : new StoreCursor(store, run) });
  }

  /** Reads what other processes have recorded of followed runs. */
  readStore(): void {
    for (const [run, followed] of this.#followed) {
      if (this.#isOwn(run)) {
        followed.stored = undefined;
        continue;
      }
      followed.stored ??= new StoreCursor(this.#workbench.store, run);
      const { series, last, probes, checkpoints } = followed.stored.read();
      if (series.length > 0) this.#each(run, ({ outbox }) => outbox.metrics(run, series, last));
      for (const probe of probes) this.#probe(run, probe);
      for (const { iteration, best } of checkpoints) this.#each(run, ({ outbox }) => outbox.say('live.checkpoint', { run, iteration, best }));
      this.#log(run);
    }
  }

  close(): void {
    this.#end();
  }

  #isOwn(run: number): boolean {
    return this.#workbench.active.includes(run);
  }

  #heard(run: number, event: TrainerEvent): void {
    try {
      this.#pass(run, event);
    } catch (error) {
      // Trainers go on whatever becomes of those who listen.
      this.#failed(error);
    }
  }

  #pass(run: number, event: TrainerEvent): void {
    const followed = this.#followed.get(run);
    if (!followed) return;
    followed.stored = undefined;
    if (event.type === 'metrics') this.#each(run, ({ outbox }) => outbox.metrics(run, event.series, event.last, event));
    else if (event.type === 'probe') this.#probe(run, event.probe);
    else if (event.type === 'checkpoint') this.#each(run, ({ outbox }) => outbox.say('live.checkpoint', { run, iteration: event.iteration, best: event.best }));
    else if (event.type === 'log') this.#log(run);
    else if (event.type === 'ended') this.#each(run, ({ outbox }) => outbox.finish(run));
  }

  #probe(run: number, probe: ProbeResult): void {
    const curve = curveOf(probe);
    this.#each(run, ({ outbox }) => outbox.probe({ run, probe: curve }));
  }

  #log(run: number): void {
    for (const line of this.#followed.get(run)!.log.read()) this.#each(run, ({ outbox }) => outbox.say('live.log', { run, line }));
  }

  #each(run: number, tell: (session: Session) => void): void {
    for (const session of this.#sessions) if (session.followed.has(run)) tell(session);
  }
}
