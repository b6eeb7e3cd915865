import { fromErrorData, toErrorData } from '../contract/errors.ts';
import type { TrainerEvent } from '../contract/events.ts';
import type { WriteStore } from '../../db/open.ts';
import { endRun, getRun, type Ending, type RunRow } from '../../db/runs.ts';
import { RunQueue, type Queued } from './run-queue.ts';
import { TrainerOwner } from './trainer-owner.ts';
import { startTrainer, type SpawnTrainer } from './trainer-process.ts';

export interface WorkbenchOptions {
  /** Runs that train at the same time; the others wait in the queue. */
  readonly concurrency?: number;
  readonly spawn?: SpawnTrainer;
  /** Runs are watched on this machine: small ones leave processors to the window. */
  readonly sparing?: boolean;
}

/** Something a trainer said, and of which run. */
export type Listener = (run: number, event: TrainerEvent) => void;

interface Active {
  queued: Queued;
  owner?: TrainerOwner;
  readonly ended: PromiseWithResolvers<RunRow>;
}

/** Runs of this process that wait for their turn or train, each in a trainer process of its own, until they have ended and their row says how. */
export class ActiveRuns {
  readonly #store: WriteStore;
  readonly #queue: RunQueue;
  readonly #spawn: SpawnTrainer;
  readonly #sparing: boolean;
  readonly #active = new Map<number, Active>();
  readonly #listeners = new Set<Listener>();
  readonly #watchers = new Set<() => void>();

  constructor(store: WriteStore, { concurrency = 1, spawn = startTrainer, sparing = false }: WorkbenchOptions) {
    this.#store = store;
    this.#queue = new RunQueue(concurrency);
    this.#spawn = spawn;
    this.#sparing = sparing;
  }

  /** Runs at a time from now on; a smaller number ends nothing. @param limit at least 1 */
  set concurrency(limit: number) {
    this.#queue.limit = limit;
  }

  get ids(): readonly number[] {
    return [...this.#active.keys()];
  }

  has(id: number): boolean {
    return this.#active.has(id);
  }

  /** Who owns the run's trainer; undefined while it waits. */
  owner(id: number): TrainerOwner | undefined {
    return this.#active.get(id)?.owner;
  }

  /** Settles when the run has ended, whatever way; undefined for one that neither waits nor trains here. */
  finished(id: number): Promise<RunRow> | undefined {
    return this.#active.get(id)?.ended.promise;
  }

  /** Hears what trainers say. @returns a function that ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Called whenever a run is queued, begins or is over. @returns a function that ends the subscription. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Puts a run in the queue. @returns its row as it is */
  add(id: number): RunRow {
    const row = getRun(this.#store, id);
    const active: Active = { ended: Promise.withResolvers(), queued: { cancel: () => false } };
    this.#active.set(id, active);
    this.#changed();
    // Not everyone who starts a run waits for its end.
    active.ended.promise.catch(() => undefined);
    active.queued = this.#queue.add(async () => {
      try {
        // Another process may have stopped it while it waited.
        const now = getRun(this.#store, id);
        if (now.status === row.status) await this.#train(now, active);
        this.#settle(id, active);
      } catch (error) {
        this.#active.delete(id);
        active.ended.reject(error);
        this.#changed();
      }
    });
    return row;
  }

  /** Takes a run that has not begun out of the queue. */
  cancel(id: number): void {
    const active = this.#active.get(id);
    if (active?.queued.cancel()) this.#settle(id, active);
  }

  async #train(run: RunRow, active: Active): Promise<void> {
    const { id, engine, device, config } = run;
    const owner = new TrainerOwner(this.#spawn(), { folder: this.#store.folder, run: id, engine, device, config, ...(this.#sparing ? { sparing: true } : {}) });
    active.owner = owner;
    this.#changed();
    owner.subscribe((event) => {
      for (const listener of this.#listeners) listener(id, event);
    });
    let ending: Omit<Ending, 'iteration'>;
    try {
      ending = await owner.finished;
    } catch (crash) {
      ending = { status: 'interrupted', error: toErrorData(crash) };
    }
    this.#recordEnd(id, ending);
  }

  /** Writes how a run ended where its trainer could not. */
  #recordEnd(id: number, { status, error, divergence }: Omit<Ending, 'iteration'>): void {
    const { status: written, iteration, error: known } = getRun(this.#store, id);
    if (written === status && known?.message === error?.message) return;
    // The trainer refused a run that another process owns: its row is that process's.
    if (error?.code === 'run.busy') throw fromErrorData(error);
    endRun(this.#store, id, { status, iteration, ...(divergence ? { divergence } : {}), ...(error ? { error } : {}) });
  }

  #changed(): void {
    for (const watcher of this.#watchers) watcher();
  }

  #settle(id: number, active: Active): void {
    this.#active.delete(id);
    try {
      active.ended.resolve(getRun(this.#store, id));
    } catch (error) {
      // Deleted while it waited.
      active.ended.reject(error);
    }
    this.#changed();
  }
}
