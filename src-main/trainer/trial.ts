import type { RunConfig } from '../contract/config.ts';
import type { ErrorData } from '../contract/errors.ts';
import { replayedRows } from '../contract/rows.ts';
import { createEngine } from '../engine/index.ts';
import type { EngineId } from '../engine/types.ts';
import { methodFor } from '../methods/index.ts';
import { openTask } from '../tasks/index.ts';
import { initialState, sizeOf } from './initialise.ts';
import { train } from './loop.ts';
import { ReplayBuffer, replayBytes } from './replay-buffer.ts';

/** What a trial's process is told, and what it answers. */
export interface TrialRequest {
  readonly id: EngineId;
  readonly config: RunConfig;
  /** As `EngineOptions.sparing`: as the run will be trained. */
  readonly sparing?: boolean;
}
export type TrialMessage = { readonly type: 'done'; readonly result: TrialResult } | { readonly type: 'failed'; readonly error: ErrorData };

export interface TrialResult {
  /** Median of the iterations after the first two: those make the programs and fill the buffer. */
  readonly msPerIteration: number;
  /** Peak resident memory of this process, and what the replay buffer and its copy for a checkpoint will still take, bytes. */
  readonly memory: number;
  readonly parameters: number;
}

/** How long real training goes on, ms; at least one iteration is timed however long it takes. */
const TRIAL_MS = 2000;
const WARM_UP = 2;

/**
 * Trains a throw-away model for about two seconds, as a run would, without a store.
 *
 * @throws BasinError `engine.unavailable`, `dataset.*`
 */
export async function runTrial({ id, config, sparing = false }: TrialRequest): Promise<TrialResult> {
  const task = openTask(config);
  const specs = methodFor(config.method).parameters(config, task.widths);
  const { values, shapes } = initialState(specs, config.seed);
  const engine = await createEngine(id, { sparing });
  try {
    await engine.setState(values, shapes);
    const buffer = replayedRows(config) === 0 ? undefined : new ReplayBuffer(config.replay_capacity, task.widths, config.steps);
    const times: number[] = [];
    let began: number | undefined;
    let timedSince = Infinity;
    const watcher = {
      get stopRequested() {
        return times.length > WARM_UP && performance.now() - timedSince >= TRIAL_MS;
      },
      began: () => {
        const now = performance.now();
        if (began !== undefined) times.push(now - began);
        if (times.length === WARM_UP) timedSince = now;
        began = now;
      },
      finished: () => undefined,
      settled: () => Promise.resolve(),
    };
    // A step size that diverges within two seconds still says how long an iteration takes.
    await train(engine, { ...config, iterations: Number.MAX_SAFE_INTEGER }, task, buffer, 0, watcher);
    const timed = times.slice(WARM_UP).sort((a, b) => a - b);
    const capacity = buffer ? replayBytes(config.replay_capacity, task.widths, config.steps) : 0;
    const touched = buffer ? replayBytes(buffer.size, task.widths, config.steps) : 0;
    return {
      msPerIteration: timed[timed.length >> 1] ?? times.at(-1) ?? NaN,
      memory: process.resourceUsage().maxRSS * 1024 + (capacity - touched) + capacity,
      parameters: specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    };
  } finally {
    await engine.dispose();
  }
}
