import type { CheckpointChoice } from '../workbench/checkpoint-choice.ts';
import type { Model } from '../workbench/model.ts';
import type { Workbench } from '../workbench/workbench.ts';
import { getRun } from '../../db/runs.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { Solver } from '../trainer/evaluation.ts';

/** An opened model that reasons about one problem at a time, kept for the next call. */
export interface Bench {
  readonly model: Model;
  /** One row, answers of every step kept. */
  readonly solver: Solver;
}

interface Kept {
  readonly key: string;
  readonly bench: Promise<Bench>;
  /** An engine's arrays are used again by the call after the next: calls take turns. */
  readonly turns: ReturnType<typeof oneAtATime>;
  /** Calls that use it now. */
  users: number;
  timer: NodeJS.Timeout | undefined;
  /** A newer one took its place: closed when its last user is done. */
  replaced: boolean;
}

/** Each holds weights and a thread: few, and only while they are used. */
const MOST_OPEN = 3;
const IDLE_MS = 120_000;

/** Opened models of runs, so that reasoning about one problem after another does not load the weights again. */
export class Models {
  readonly #workbench: Workbench;
  readonly #idleMs: number;
  readonly #open = new Map<string, Kept>();
  #closed = false;

  constructor(workbench: Workbench, idleMs: number = IDLE_MS) {
    this.#workbench = workbench;
    this.#idleMs = idleMs;
  }

  /** How many are open, those in use by a call that was replaced left out. */
  get size(): number {
    return this.#open.size;
  }

  /**
   * Works with a run's model as a checkpoint left it; a newer checkpoint than that of the opened model replaces it. Several calls at
   * once take turns on the engine.
   *
   * @throws BasinError as `openModel`
   */
  async with<Result>(run: number, choice: CheckpointChoice, work: (bench: Bench) => Promise<Result>): Promise<Result> {
    const kept = await this.#get(run, choice);
    kept.users++;
    clearTimeout(kept.timer);
    try {
      return await kept.turns(async () => work(await kept.bench));
    } finally {
      kept.users--;
      this.#rest(kept);
    }
  }

  /** Closes all; those in use when their calls are done. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#open.values()].map((kept) => this.#drop(kept)));
  }

  async #get(run: number, choice: CheckpointChoice): Promise<Kept> {
    const { chooseCheckpoint } = await import('../workbench/checkpoint-choice.ts');
    const { store } = this.#workbench;
    const row = getRun(store, run);
    const { iteration, sha256 } = chooseCheckpoint(store, row, choice);
    const key = `${run} ${iteration} ${sha256}`;
    const known = this.#open.get(key);
    if (known) {
      // Last used, last closed.
      this.#open.delete(key);
      this.#open.set(key, known);
      return known;
    }
    for (const other of [...this.#open.values()]) if (choice === 'last' && other.key.startsWith(`${run} `)) void this.#drop(other);
    while (this.#open.size >= MOST_OPEN) void this.#drop(this.#open.values().next().value!);
    const kept: Kept = { key, bench: this.#openBench(run, iteration), turns: oneAtATime(), users: 0, timer: undefined, replaced: false };
    this.#open.set(key, kept);
    kept.bench.catch(() => this.#open.delete(key));
    return kept;
  }

  async #openBench(run: number, iteration: number): Promise<Bench> {
    const { openModel, engineOf } = await import('../workbench/model.ts');
    const { openSolver } = await import('../trainer/evaluation.ts');
    const { store } = this.#workbench;
    const row = getRun(store, run);
    const model = await openModel(store, row, iteration, engineOf(row));
    try {
      return { model, solver: await openSolver(model.engine, model.config, model.task.widths, 1, { keepAnswers: true }) };
    } catch (error) {
      await model.dispose();
      throw error;
    }
  }

  #rest(kept: Kept): void {
    if (kept.users > 0) return;
    if (kept.replaced || this.#closed) {
      void this.#dispose(kept);
      return;
    }
    kept.timer = setTimeout(() => void this.#drop(kept), this.#idleMs).unref();
  }

  async #drop(kept: Kept): Promise<void> {
    this.#open.delete(kept.key);
    clearTimeout(kept.timer);
    if (kept.replaced) return;
    kept.replaced = true;
    if (kept.users === 0) await this.#dispose(kept);
  }

  async #dispose({ bench }: Kept): Promise<void> {
    const opened = await bench.catch(() => undefined);
    await opened?.solver.dispose();
    await opened?.model.dispose();
  }
}
