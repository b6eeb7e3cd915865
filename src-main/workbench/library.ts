import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BasinError } from '../contract/errors.ts';
import { latestCheckpoint, listCheckpoints, type CheckpointRow } from '../../db/checkpoints.ts';
import { readLog, type LogLine } from '../../db/log.ts';
import { readEvaluations, writeEvaluation, type StoredEvaluation } from '../../db/evaluations.ts';
import { identityOf } from '../../db/identity.ts';
import { DATABASE, openStore, openStoreReadonly, WriteStore, type ReadStore } from '../../db/open.ts';
import { listProbes, type ProbeSummary } from '../../db/probes.ts';
import { findRun, listRuns, reconcileRuns, type RunFilter, type RunRow } from '../../db/runs.ts';
import { listMetrics, readSeries, type MetricSummary } from '../../db/series.ts';
import type { EngineId } from '../engine/types.ts';
import type { CheckpointChoice } from './checkpoint-choice.ts';
import type { EnergyError } from './energy-error.ts';
import type { Evaluation, EvaluationOptions } from './evaluation-result.ts';
import type { ExportFormat } from './export-format.ts';
import type { NestedOptions, NestedResult } from './nested-result.ts';
import type { ReasonOptions, ReasonSummary } from './reason.ts';

export type { RunRow } from '../../db/runs.ts';

/** A run with everything recorded of it, in summaries. */
export interface RunDetails {
  readonly run: RunRow;
  /** `newest`: the value of the last iteration that has one. */
  readonly metrics: readonly (MetricSummary & { readonly newest: number })[];
  readonly probes: readonly ProbeSummary[];
  readonly checkpoints: readonly CheckpointRow[];
  readonly log: readonly LogLine[];
}

/** Which weights to use, and where: the run's last checkpoint on the run's own engine unless told. */
export interface ModelOptions {
  readonly checkpoint?: CheckpointChoice;
  readonly engine?: EngineId;
}

/** What a report on a model is about. */
export interface ModelFacts {
  readonly run: number;
  readonly name: string;
  readonly checkpoint: CheckpointChoice;
  readonly iteration: number;
  readonly engine: EngineId;
  readonly stepSize: number;
}

/** `kept`: false where the store may only be read. */
export type EvaluationReport = ModelFacts & Evaluation & { readonly kept: boolean };

/**
 * The runs of a store and what can be asked of them. Changes nothing but that evaluations are kept. Computing modules are loaded when they are needed, so
 * that listing runs starts at once.
 */
export class Library {
  protected readonly reading: ReadStore;

  constructor(store: ReadStore) {
    this.reading = store;
  }

  /** What tells its store from every other. */
  get identity(): string {
    return identityOf(this.reading);
  }

  get folder(): string {
    return this.reading.folder;
  }

  /** Newest first. */
  list(filter: RunFilter = {}): RunRow[] {
    return listRuns(this.reading, filter);
  }

  /** @param ref a run's number or exact name. @throws BasinError `run.unknown`, `run.ambiguous` */
  find(ref: string): RunRow {
    return findRun(this.reading, ref);
  }

  /** @throws BasinError `run.unknown`, `run.ambiguous` */
  show(ref: string): RunDetails {
    return this.reading.consistently(() => {
      const run = this.find(ref);
      const { id } = run;
      const metrics = listMetrics(this.reading, id).map((summary) => ({ ...summary, newest: readSeries(this.reading, id, summary.metric, { from: summary.last }).values.at(-1) ?? NaN }));
      return { run, metrics, probes: listProbes(this.reading, id), checkpoints: listCheckpoints(this.reading, id), log: readLog(this.reading, id) };
    });
  }

  /**
   * Tests a run's model on fresh problems beside the trivial answers, and keeps what it found in the store.
   *
   * @throws BasinError as `openModel` and `evaluateAll`
   */
  async evaluate(ref: string, options: ModelOptions & EvaluationOptions): Promise<EvaluationReport> {
    const run = this.find(ref);
    const { evaluateAll } = await import('./evaluate-sizes.ts');
    return this.#withModel(run, options, async (model, facts) => {
      const found = await evaluateAll(model, options);
      const { iteration, stepSize, checkpoint } = facts;
      const { steps, problems, harder, plateau, sizes } = options;
      const kept = this.keepEvaluation({ run: run.id, iteration, options: { checkpoint, steps, problems, harder, plateau, sizes }, result: { run: run.id, iteration, stepSize, ...found }, at: Date.now() });
      return { ...facts, ...found, kept };
    });
  }

  /** Keeps a finished evaluation, in place of one of the same checkpoint with the same options. @returns false where the store may only be read @throws BasinError `store.*` */
  keepEvaluation(evaluation: StoredEvaluation): boolean {
    if (!(this.reading instanceof WriteStore)) return false;
    writeEvaluation(this.reading, evaluation);
    return true;
  }

  /** What was evaluated of runs before, newest first. */
  evaluations(runs: readonly number[]): StoredEvaluation[] {
    return this.storedEvaluations(runs).filter(({ options }) => !Object.hasOwn(options as object, 'kind'));
  }

  /** Everything that was tested of runs, newest first; what is no plain evaluation has a `kind` among its options. */
  storedEvaluations(runs: readonly number[]): StoredEvaluation[] {
    return readEvaluations(this.reading, runs);
  }

  /** Iteration of a run's last checkpoint; undefined before the first. */
  lastCheckpoint(run: number): number | undefined {
    return latestCheckpoint(this.reading, run)?.iteration;
  }

  /** Energy against error of a run's model. @throws BasinError as `openModel` and `energyError` */
  async energyError(ref: string, options: ModelOptions & { problems: number; steps: number }): Promise<ModelFacts & { results: readonly EnergyError[] }> {
    const run = this.find(ref);
    const { energyError } = await import('./energy-error.ts');
    return this.#withModel(run, options, async (model, facts) => ({ ...facts, results: await energyError(model, options) }));
  }

  /** Sums many matrices with a run's model that adds two. @throws BasinError as `openModel` and `nestedAddition` */
  async nested(ref: string, options: ModelOptions & NestedOptions): Promise<ModelFacts & NestedResult> {
    const run = this.find(ref);
    const { nestedAddition } = await import('./nested.ts');
    return this.#withModel(run, options, async (model, facts) => ({ ...facts, ...(await nestedAddition(model, options)) }));
  }

  /** Reasons about the problems of a file. @throws BasinError as `openModel` and `reason` */
  async reason(ref: string, options: ModelOptions & ReasonOptions): Promise<ModelFacts & ReasonSummary> {
    const run = this.find(ref);
    const { reason } = await import('./reason.ts');
    return this.#withModel(run, options, async (model, facts) => ({ ...facts, ...(await reason(model, options)) }));
  }

  async #withModel<Result>(run: RunRow, options: ModelOptions, work: (model: Awaited<ReturnType<typeof import('./model.ts').openModel>>, facts: ModelFacts) => Promise<Result>): Promise<Result> {
    const { openModel, engineOf } = await import('./model.ts');
    const { checkpoint = 'last', engine = engineOf(run) } = options;
    const model = await openModel(this.reading, run, checkpoint, engine);
    try {
      return await work(model, { run: run.id, name: run.name, checkpoint, iteration: model.iteration, engine, stepSize: model.stepSize });
    } finally {
      await model.dispose();
    }
  }

  /** A run as the bytes of one file. @throws BasinError as `exportRun` */
  async export(ref: string, format: ExportFormat): Promise<Uint8Array[]> {
    const run = this.find(ref);
    const { exportRun } = await import('./export.ts');
    return exportRun(this.reading, run, format);
  }

  /** Writes a run to a file, whole or not at all. @throws BasinError as `exportRun` and `writeFileAtomic` */
  async exportTo(ref: string, format: ExportFormat, path: string): Promise<{ bytes: number; sha256: string }> {
    const parts = await this.export(ref, format);
    const { writeFileAtomic } = await import('../formats/files.ts');
    return writeFileAtomic(path, parts);
  }

  close(): void {
    this.reading.close();
  }
}

/**
 * Opens a store that is there, to ask. Runs whose process is gone are marked interrupted first; in a folder that may not
 * be written they are shown as they were left.
 *
 * @throws BasinError `store.missing`, `store.newer`, `store.corrupt` and other `store.*`
 */
export function openLibrary(folder: string): Library {
  if (!existsSync(join(folder, DATABASE))) return new Library(openStoreReadonly(folder));
  try {
    const store = openStore(folder);
    reconcileRuns(store);
    return new Library(store);
  } catch (error) {
    if (error instanceof BasinError && (error.code === 'store.readonly' || error.code === 'store.open')) return new Library(openStoreReadonly(folder));
    throw error;
  }
}
