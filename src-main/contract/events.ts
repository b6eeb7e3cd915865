import type { TrivialReference } from './api/shapes.ts';
import type { ErrorData } from './errors.ts';
import type { RunConfig } from './config.ts';

/** Where a run is in its life. */
export type RunStatus = 'queued' | 'running' | 'stopped' | 'finished' | 'diverged' | 'failed' | 'interrupted';

/** Numbers of consecutive iterations: values[i] belongs to iteration first + i. */
export interface Series {
  readonly metric: string;
  readonly first: number;
  readonly values: Float64Array;
}

/** A probe: fixed problems solved again. All arrays are [steps + 1, problems] row-major; k = 0 is the first answer. */
export interface ProbeResult {
  readonly iteration: number;
  readonly difficulty: 'same' | 'harder';
  readonly steps: number;
  readonly problems: number;
  readonly energies: Float32Array;
  readonly errors: Float32Array;
  readonly gradientNorms: Float32Array;
  /** Answers of the first few problems at every step [steps + 1, kept, width]. */
  readonly answers: Float32Array;
  readonly answersKept: number;
}

/** Energies along one iteration's walk, after k updates [steps + 1]: mean and population deviation over all its rows. */
export interface WalkMoments {
  readonly iteration: number;
  /** Rows that began anew, and rows that restarted from the replay buffer. */
  readonly fresh: number;
  readonly replayed: number;
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** Where and how training left the finite numbers. */
export interface Divergence {
  readonly iteration: number;
  /** Update at which the first energy was not finite; −1 when only the loss was. */
  readonly step: number;
  readonly quantity: 'energy' | 'loss' | 'gradient';
  /** Iteration of the last good checkpoint; undefined when none was made. */
  readonly checkpoint?: number;
}

/** What a trainer tells its owner. Metrics come batched, at most five messages a second; `walk` is that of the newest iteration of a batch. */
export type TrainerEvent =
  | { readonly type: 'ready'; readonly engine: string; readonly device: string; readonly parameters: number; readonly iteration: number }
  /** Trivial answers on the run's probe problems are in the store: measured once, when it first starts. */
  | { readonly type: 'references'; readonly references: readonly TrivialReference[] }
  /** `at`: when it was sent, ms since 1970. */
  | { readonly type: 'metrics'; readonly at?: number; readonly series: readonly Series[]; readonly last: number; readonly walk?: WalkMoments }
  | { readonly type: 'probe'; readonly probe: ProbeResult }
  | { readonly type: 'checkpoint'; readonly iteration: number; readonly file: string; readonly best: boolean }
  /** A copy of the replay buffer is in the store; asked for, or by its interval. */
  | { readonly type: 'replay'; readonly iteration: number }
  | { readonly type: 'log'; readonly level: 'info' | 'warning' | 'error'; readonly iteration: number; readonly message: string }
  | { readonly type: 'ended'; readonly status: Exclude<RunStatus, 'queued' | 'running' | 'interrupted'>; readonly iteration: number; readonly divergence?: Divergence; readonly error?: ErrorData };

/** What an owner asks of its trainer. */
export type TrainerCommand = { readonly type: 'stop' } | { readonly type: 'checkpoint' } | { readonly type: 'replay' };

/** How a trainer is started: the run's row exists already; everything else is in it. */
export interface TrainerStart {
  /** Folder of the store (database and checkpoints). */
  readonly folder: string;
  readonly run: number;
  readonly engine: string;
  readonly device: string;
  readonly config: RunConfig;
  /** As `EngineOptions.sparing`. */
  readonly sparing?: boolean;
}
