import type { ReadStore } from '../../../db/open.ts';
import { getRun, type RunRow } from '../../../db/runs.ts';
import type { Widths } from '../../methods/types.ts';
import { openSolver, stepSizeNow, type Solver } from '../../trainer/evaluation.ts';
import { chooseCheckpoint, type CheckpointChoice } from '../../workbench/checkpoint-choice.ts';
import { engineOf, openModel, readWeights, type Model, type Weights } from '../../workbench/model.ts';
import { oneAtATime } from '../../workbench/one-at-a-time.ts';

/** An opened model, and what reasons with it about one problem at a time and keeps the answers of every step. */
export interface Bench {
  readonly model: Model;
  /** For problems of these widths, made when they are first needed: harder graphs are larger. */
  solver(widths: Widths): Promise<Solver>;
  dispose(): Promise<void>;
}

/** One run's bench, kept for the next call. */
interface Kept {
  readonly run: number;
  bench: Promise<Bench> | undefined;
  /** Weights of checkpoints that were used, by the file's hash: going to and fro between two of them reads nothing again. */
  readonly weights: Map<string, Weights>;
  /** Hash of those that the engine holds. */
  loaded: string;
  /** Calls take turns: an engine's weights are changed between them. */
  readonly turns: ReturnType<typeof oneAtATime>;
  users: number;
}

/** Each holds an engine with its threads: few. */
const MOST_OPEN = 3;
const WEIGHTS_KEPT = 3;

/** Opened models of runs, so that reasoning about one problem after another loads and compiles nothing again. */
export class Benches {
  readonly #store: ReadStore;
  readonly #open = new Map<number, Kept>();

  constructor(store: ReadStore) {
    this.#store = store;
  }

  /** Runs whose model is open. */
  get open(): number[] {
    return [...this.#open.keys()];
  }

  /**
   * Works with a run's model as a checkpoint left it: a newer one than was used before takes its place.
   *
   * @throws BasinError as `openModel`
   */
  async with<Result>(run: number, choice: CheckpointChoice, work: (bench: Bench) => Promise<Result>): Promise<Result> {
    const kept = this.#keep(run);
    kept.users++;
    try {
      return await kept.turns(async () => {
        const row = getRun(this.#store, run);
        return work(await this.#loaded(kept, row, choice));
      });
    } finally {
      kept.users--;
      this.#closeSurplus();
    }
  }

  async close(): Promise<void> {
    for (const kept of [...this.#open.values()]) await this.#close(kept);
  }

  #keep(run: number): Kept {
    const kept = this.#open.get(run) ?? { run, bench: undefined, weights: new Map<string, Weights>(), loaded: '', turns: oneAtATime(), users: 0 };
    // Last used, last closed.
    this.#open.delete(run);
    this.#open.set(run, kept);
    return kept;
  }

  async #loaded(kept: Kept, row: RunRow, choice: CheckpointChoice): Promise<Bench> {
    const { iteration, sha256 } = chooseCheckpoint(this.#store, row, choice);
    if (!kept.bench) {
      const opening = openBench(this.#store, row, iteration);
      kept.bench = opening;
      kept.loaded = sha256;
      opening.catch(() => (kept.bench = undefined));
      return opening;
    }
    const bench = await kept.bench;
    if (kept.loaded === sha256) return bench;
    const weights = kept.weights.get(sha256) ?? readWeights(this.#store, row, iteration);
    kept.weights.delete(sha256);
    kept.weights.set(sha256, weights);
    if (kept.weights.size > WEIGHTS_KEPT) kept.weights.delete(kept.weights.keys().next().value!);
    const { model } = bench;
    await model.engine.setState(weights.values, weights.shapes);
    const now = { ...bench, model: { ...model, config: row.config, iteration: weights.iteration, stepSize: await stepSizeNow(model.engine, row.config) } };
    kept.bench = Promise.resolve(now);
    kept.loaded = sha256;
    return now;
  }

  #closeSurplus(): void {
    const idle = [...this.#open.values()].filter(({ users }) => users === 0);
    for (const kept of idle.slice(0, Math.max(0, this.#open.size - MOST_OPEN))) void this.#close(kept);
  }

  async #close(kept: Kept): Promise<void> {
    this.#open.delete(kept.run);
    const bench = await kept.bench?.catch(() => undefined);
    await bench?.dispose();
  }
}

async function openBench(store: ReadStore, row: RunRow, iteration: number): Promise<Bench> {
  const model = await openModel(store, row, iteration, engineOf(row));
  const solvers = new Map<string, Promise<Solver>>();
  const bench: Bench = {
    model,
    solver: (widths) => {
      const key = `${widths.x} ${widths.y}`;
      const made = solvers.get(key) ?? openSolver(model.engine, model.config, widths, 1, { keepAnswers: true });
      solvers.set(key, made);
      made.catch(() => solvers.delete(key));
      return made;
    },
    dispose: async () => {
      for (const solver of solvers.values()) await (await solver.catch(() => undefined))?.dispose();
      await model.dispose();
    },
  };
  try {
    // What most walks need is ready before the first.
    await bench.solver(model.task.widths);
    return bench;
  } catch (error) {
    await model.dispose();
    throw error;
  }
}
