import type { PresetName, RunConfig } from '../contract/config.ts';
import { BasinError } from '../contract/errors.ts';
import { replayedRows } from '../contract/rows.ts';
import { resolveConfig } from '../contract/settings.ts';
import { latestCheckpoint } from '../../db/checkpoints.ts';
import { openStore, type WriteStore } from '../../db/open.ts';
import { createRun, endRun, getRun, hideRun, reconcileRuns, setRunConfig, type NewRun, type RunRow } from '../../db/runs.ts';
import type { EngineId } from '../engine/types.ts';
import type { Widths } from '../methods/types.ts';
import { ActiveRuns, type Listener, type WorkbenchOptions } from './active-runs.ts';
import type { CheckpointChoice } from './checkpoint-choice.ts';
import type { EngineWish } from './engine-wish.ts';
import { Library } from './library.ts';
import { purge } from './purge.ts';
import type { Changes } from './run-plan.ts';
import { stopElsewhere } from './stop-elsewhere.ts';
import type { TrainerOwner } from './trainer-owner.ts';
import { versions } from './versions.ts';

/** What a person may say of a new run. */
export interface NewRunOptions {
  readonly name?: string;
  readonly tags?: readonly string[];
  readonly notes?: string;
  readonly engine?: EngineWish;
  /** Told, in words, of work that takes a while before the run starts. */
  readonly notice?: (text: string) => void;
  /** Told of each engine that is tried before the run starts. */
  readonly trying?: (engine: EngineId) => void;
}

/** Who trains a run: this workbench, another process, or nobody. */
export type OwnerOfRun = 'here' | 'elsewhere' | 'none';

/** The service behind every host: starts, stops, continues and forks runs, each in a trainer process of its own. */
export class Workbench extends Library {
  readonly #store: WriteStore;
  readonly #active: ActiveRuns;
  readonly #closing = new AbortController();
  /** As `WorkbenchOptions.sparing`. */
  readonly sparing: boolean;
  /** Settles when what was deleted long ago is gone: numbers of those runs. */
  readonly purged: Promise<readonly number[]>;

  private constructor(store: WriteStore, options: WorkbenchOptions) {
    super(store);
    this.#store = store;
    this.#active = new ActiveRuns(store, options);
    this.sparing = options.sparing ?? false;
    this.purged = purge(store, { signal: this.#closing.signal });
  }

  /**
   * Opens a store, making it where there is none; runs whose process is gone are marked interrupted, and those that were
   * deleted more than an hour ago go for good, in the background.
   *
   * @throws BasinError `store.*`
   */
  static open(folder: string, options: WorkbenchOptions = {}): Workbench {
    const store = openStore(folder);
    reconcileRuns(store);
    return new Workbench(store, options);
  }

  override close(): void {
    this.#closing.abort();
    super.close();
  }

  /** The handle that changes the store. */
  get store(): WriteStore {
    return this.#store;
  }

  /** Runs that train at the same time from now on; a smaller number ends nothing. @param limit at least 1 */
  set concurrency(limit: number) {
    this.#active.concurrency = limit;
  }

  ownerOf({ id, status }: Pick<RunRow, 'id' | 'status'>): OwnerOfRun {
    return this.#active.has(id) ? 'here' : status === 'running' ? 'elsewhere' : 'none';
  }

  /** Hears what the trainers of this workbench say. @returns a function that ends the subscription. */
  subscribe(listener: Listener): () => void {
    return this.#active.subscribe(listener);
  }

  /** Called whenever a run of this workbench is queued, begins or is over. @returns a function that ends the subscription. */
  watch(watcher: () => void): () => void {
    return this.#active.watch(watcher);
  }

  /** Starts a new run, or puts it in the queue. @throws BasinError as `planRun` and `chooseEngine`, `run.name` */
  async start(options: NewRunOptions & { readonly changes: Changes; readonly preset?: PresetName }): Promise<RunRow> {
    return (await this.startEach([{}], options))[0]!;
  }

  /**
   * Starts a run for each of several variations of the same settings that leave the task as it is (seeds), on one engine:
   * all of them, or none.
   *
   * @throws BasinError as `start`
   */
  async startEach(variations: readonly Changes[], options: NewRunOptions & { readonly changes: Changes; readonly preset?: PresetName }): Promise<RunRow[]> {
    const { planRun } = await import('./run-plan.ts');
    const { config: first, widths } = planRun({ ...options.changes, ...variations[0] }, options.preset);
    // Opened once: a data file may be large.
    const configs = [first, ...variations.slice(1).map((variation) => resolveConfig({ ...first, ...variation }))];
    const engine = await this.#chooseEngine(first, widths, options);
    const ids = this.#store.transaction(() => configs.map((config) => createRun(this.#store, { config, ...described(options, engine) })));
    return ids.map((id) => this.#active.add(id));
  }

  /**
   * Goes on with a run from its last checkpoint.
   *
   * @param options.iterations in the whole run, when there shall be more
   * @throws BasinError `run.busy`, as `planResume`
   */
  async resume(ref: string, options: { readonly iterations?: number } = {}): Promise<RunRow> {
    reconcileRuns(this.#store);
    const run = this.find(ref);
    if (this.#active.has(run.id) || run.status === 'running') throw new BasinError('run.busy', `Run ${run.id} (${run.name}) is ${run.status === 'running' ? `running already, in process ${run.pid ?? '?'}` : 'in the queue already'}`);
    const { planResume } = await import('./run-plan.ts');
    setRunConfig(this.#store, run.id, planResume(run, latestCheckpoint(this.#store, run.id)?.iteration ?? 0, options.iterations));
    return this.#active.add(run.id);
  }

  /**
   * Starts a new run from a checkpoint of another: weights, Adam's moments and replay buffer come along.
   *
   * @throws BasinError `checkpoint.*`, as `planFork` and `chooseEngine`
   */
  async fork(ref: string, options: NewRunOptions & { readonly from?: CheckpointChoice; readonly changes: Changes }): Promise<RunRow> {
    const parent = this.find(ref);
    const { chooseCheckpoint } = await import('./checkpoint-choice.ts');
    const { planFork, createFork } = await import('./run-plan.ts');
    const { engineOf } = await import('./model.ts');
    const checkpoint = chooseCheckpoint(this.#store, parent, options.from ?? 'last');
    const { config, widths } = planFork(parent, checkpoint, options.changes);
    const engine = options.engine ? await this.#chooseEngine(config, widths, options) : engineOf(parent);
    const origin = { parentRun: parent.id, parentIteration: checkpoint.iteration };
    return this.#active.add(createFork(this.#store, { config, ...origin, ...described(options, engine) }, checkpoint));
  }

  /**
   * Makes a run of weights trained elsewhere, with a checkpoint at iteration 0 and not started.
   *
   * @throws BasinError as `readWeights` and `chooseEngine`
   */
  async importWeights(file: string, options: NewRunOptions & { readonly changes: Changes }): Promise<RunRow> {
    const { readWeights } = await import('./import-weights.ts');
    const { planRun, createImported } = await import('./run-plan.ts');
    const weights = readWeights(file, options.changes);
    const { config, widths } = planRun(weights.config);
    const engine = await this.#chooseEngine(config, widths, options);
    const id = await createImported(this.#store, { config, notes: `Weights imported from ${file}`, ...described(options, engine) }, { ...weights, config });
    return getRun(this.#store, id);
  }

  /** Settles when a run of this workbench has ended, whatever way: its row says how. */
  async finished(run: number): Promise<RunRow> {
    return (await this.#active.finished(run)) ?? getRun(this.#store, run);
  }

  /**
   * Stops a run with a checkpoint, wherever it runs, or takes it out of the queue.
   *
   * @throws BasinError `stop.idle` when it does not run, `stop.timeout` when another process does not end it in time
   */
  async stop(ref: string): Promise<RunRow> {
    reconcileRuns(this.#store);
    const run = this.find(ref);
    const owner = this.#active.owner(run.id);
    if (owner) {
      await owner.stop().catch(() => undefined);
      return this.finished(run.id);
    }
    // A run that shall go on waits with the status that it ended with.
    if (this.#active.has(run.id) || run.status === 'queued') {
      if (run.status === 'queued') endRun(this.#store, run.id, { status: 'stopped', iteration: run.iteration });
      this.#active.cancel(run.id);
      return getRun(this.#store, run.id);
    }
    if (run.status !== 'running' || run.pid === null) throw new BasinError('stop.idle', `Run ${run.id} (${run.name}) is ${run.status}: there is nothing to stop`);
    return stopElsewhere(this.#store, run, run.pid);
  }

  /**
   * Has a run that trains here write a checkpoint now. @returns its iteration
   *
   * @throws BasinError `trainer.elsewhere`, `trainer.none` when no trainer of this workbench has the run; as `TrainerOwner.checkpoint`
   */
  async checkpoint(ref: string): Promise<number> {
    return (await this.#ownerOf(this.find(ref), 'write a checkpoint').checkpoint()).iteration;
  }

  /**
   * Has a run that trains here store a copy of its replay buffer now. @returns the iteration of the copy
   *
   * @throws BasinError `replay.off` for a run without a buffer; as `checkpoint`
   */
  async storeReplay(ref: string): Promise<number> {
    const run = this.find(ref);
    if (replayedRows(run.config) === 0) throw new BasinError('replay.off', `Run ${run.id} (${run.name}) keeps no replay buffer: replay_fraction = ${run.config.replay_fraction} and replay_capacity = ${run.config.replay_capacity}; both must be above 0`, { details: { run: run.id } });
    return (await this.#ownerOf(run, 'store its replay buffer').replay()).iteration;
  }

  /**
   * Hides runs; `restoreRun` brings them back for at least an hour. One that waits is taken out of the queue first.
   *
   * @throws BasinError `run.busy` naming the first one that trains; `run.unknown`; then nothing is deleted
   */
  remove(ids: readonly number[]): void {
    this.#store.transaction(() => {
      for (const id of ids) {
        if (this.#active.owner(id)) throw new BasinError('run.busy', `Run ${id} is training and cannot be deleted: stop it first. Nothing was deleted.`, { details: { id } });
        const { status, iteration } = getRun(this.#store, id);
        if (status === 'queued') endRun(this.#store, id, { status: 'stopped', iteration });
        hideRun(this.#store, id);
      }
    });
    for (const id of ids) this.#active.cancel(id);
  }

  /** Runs of this workbench that train or wait for their turn. */
  get active(): readonly number[] {
    return this.#active.ids;
  }

  /** Takes what waits out of the queue and stops what trains, each with a checkpoint. Settles when no trainer is left. */
  async stopAll(): Promise<void> {
    // Waiting ones first: a run that ends would let the next begin.
    const trains = (id: number): number => Number(this.#active.owner(id) !== undefined);
    const waitingFirst = this.#active.ids.toSorted((a, b) => trains(a) - trains(b));
    // One that ended by itself meanwhile is what was wanted.
    await Promise.allSettled(waitingFirst.map((id) => this.stop(String(id))));
  }

  /** Ends a run's trainer at once; what was saved before stays. */
  kill(run: number): void {
    this.#active.owner(run)?.kill();
  }

  #ownerOf(run: RunRow, wish: string): TrainerOwner {
    const owner = this.#active.owner(run.id);
    if (owner) return owner;
    if (run.status === 'running') throw new BasinError('trainer.elsewhere', `Run ${run.id} (${run.name}) trains in process ${run.pid ?? '?'}, which another window or terminal started: only that one can have it ${wish}`, { details: { run: run.id } });
    throw new BasinError('trainer.none', `Run ${run.id} (${run.name}) is ${run.status}: nothing trains it that could ${wish}`, { details: { run: run.id, status: run.status } });
  }

  async #chooseEngine(config: RunConfig, widths: Widths, { engine, notice, trying }: NewRunOptions): Promise<EngineId> {
    const { chooseEngine } = await import('./engine-choice.ts');
    const onStart = (id: EngineId) => {
      notice?.(`Trying engine ${id.engine}/${id.device} on a network of this size (once on this machine)…`);
      trying?.(id);
    };
    return chooseEngine({ folder: this.folder, config, widths, onStart }, engine);
  }
}

const described = ({ name, tags, notes }: NewRunOptions, engine: EngineId): Pick<NewRun, 'name' | 'tags' | 'notes' | 'engine' | 'device' | 'versions'> => ({
  ...engine,
  versions: versions(),
  ...(name === undefined ? {} : { name }),
  ...(tags ? { tags } : {}),
  ...(notes === undefined ? {} : { notes }),
});
