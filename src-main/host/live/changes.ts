import type { RunSummary } from '../../contract/api/runs.ts';
import type { RunStatus } from '../../contract/events.ts';
import { changedSince, commitsOfOthers, readSummaries, revisionNow, runIds } from '../../../db/run-summaries.ts';
import { reconcileRuns } from '../../../db/runs.ts';
import type { WriteStore } from '../../../db/open.ts';
import { toSummary } from '../summary.ts';

/** Trainers write twice a second: so often their progress can change. */
const LOOK_EVERY_MS = 500;
/** How often runs of other processes are looked after, whose process may be gone. */
const RECONCILE_EVERY_MS = 2000;

/** What was last told of a run. */
type Known = Pick<RunSummary, 'status' | 'endedAt'>;

const isActive = (status: RunStatus): boolean => status === 'running' || status === 'queued';

/**
 * Whether a run trained and does not any more. It may have begun and ended between two looks: then its time of end tells.
 *
 * @param known what was last told of it; undefined when it is new, or was deleted and is there again
 * @param since when it was last looked, ms since 1970
 */
export function hasEnded(known: Known | undefined, { status, endedAt }: Known, since: number): boolean {
  if (isActive(status)) return false;
  // Taken out of the queue by a person, who knows; or imported.
  if (status === 'stopped') return known?.status === 'running';
  return known ? isActive(known.status) || known.endedAt !== endedAt : endedAt !== null && endedAt >= since;
}

export interface ChangeListener {
  changed(runs: readonly RunSummary[], removed: readonly number[]): void;
  /** A run that trained does not any more. */
  ended(run: RunSummary): void;
  /** Another process has written to the store. */
  others(): void;
  /** The store cannot be read. Told once, until it can. */
  failed(error: unknown): void;
}

/** Finds what changed in the store's runs, whoever changed it: this process, its trainers, or another window or terminal. */
export class Changes {
  readonly #store: WriteStore;
  readonly #listener: ChangeListener;
  readonly #known = new Map<number, Known>();
  #revision: number;
  #commits: number;
  #reconciledAt = 0;
  #checkedAt = Date.now();
  #timer: NodeJS.Timeout | undefined;
  #poked = false;
  #failing = false;
  readonly #own: () => readonly number[];

  /** @param own runs that this process trains */
  constructor(store: WriteStore, own: () => readonly number[], listener: ChangeListener) {
    this.#store = store;
    this.#own = own;
    this.#listener = listener;
    this.#commits = commitsOfOthers(store);
    this.#revision = revisionNow(store);
    for (const { id, ...known } of store.all<Known & { id: number }>('SELECT id, status, ended_at AS endedAt FROM runs WHERE deleted_at IS NULL')) this.#known.set(id, known);
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#look(), LOOK_EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** This process has changed something: it is told at the end of the event at hand, once. */
  poke(): void {
    if (this.#poked) return;
    this.#poked = true;
    setImmediate(() => {
      this.#poked = false;
      if (this.#timer) this.#look();
    });
  }

  /** Tells what changed since the last call. */
  check(): void {
    const revision = revisionNow(this.#store);
    if (revision === this.#revision) {
      this.#checkedAt = Date.now();
      return;
    }
    const ids = changedSince(this.#store, this.#revision);
    this.#revision = revision;
    const runs = readSummaries(this.#store, ids).map(toSummary);
    const removed = this.#removed(ids, runs);
    const ended = runs.filter((run) => hasEnded(this.#known.get(run.id), run, this.#checkedAt));
    this.#checkedAt = Date.now();
    for (const { id, status, endedAt } of runs) this.#known.set(id, { status, endedAt });
    if (runs.length > 0 || removed.length > 0) this.#listener.changed(runs, removed);
    for (const run of ended) this.#listener.ended(run);
  }

  #removed(ids: readonly number[], runs: readonly RunSummary[]): number[] {
    const there = new Set(runs.map(({ id }) => id));
    const removed = ids.filter((id) => !there.has(id) && this.#known.delete(id));
    // One that is gone for good has no row that could have changed.
    const appeared = runs.filter(({ id }) => !this.#known.has(id)).length;
    const { count } = this.#store.first<{ count: number }>('SELECT count(*) AS count FROM runs WHERE deleted_at IS NULL')!;
    if (count === this.#known.size + appeared) return removed;
    const visible = new Set(runIds(this.#store));
    return [...removed, ...[...this.#known.keys()].filter((id) => !visible.has(id) && this.#known.delete(id))];
  }

  #look(): void {
    try {
      const now = performance.now();
      if (now - this.#reconciledAt >= RECONCILE_EVERY_MS) {
        this.#reconciledAt = now;
        // Of its own trainers this process knows better how they ended.
        reconcileRuns(this.#store, this.#own());
      }
      const commits = commitsOfOthers(this.#store);
      if (commits !== this.#commits) {
        this.#commits = commits;
        this.#listener.others();
      }
      this.check();
      this.#failing = false;
    } catch (error) {
      // A disk that is full stays so for a while: said once, and tried again.
      if (!this.#failing) this.#listener.failed(error);
      this.#failing = true;
    }
  }
}
