import type { RunConfig } from '../contract/config.ts';
import { replayedRows } from '../contract/rows.ts';
import { BasinError } from '../contract/errors.ts';
import type { ParameterSpec, Shape, Widths } from '../methods/types.ts';
import type { Checkpoint } from './checkpoint-file.ts';
import { initialState, type State } from './initialise.ts';
import { ReplayBuffer } from './replay-buffer.ts';

/** Where training begins. */
export interface Start {
  /** Iterations done. */
  readonly iteration: number;
  readonly state: State;
  /** Undefined where replay is off. */
  readonly buffer: ReplayBuffer | undefined;
}

/** Training from the beginning: everything from the seed. */
export function freshStart(config: RunConfig, specs: readonly ParameterSpec[], widths: Widths): Start {
  return { iteration: 0, state: initialState(specs, config.seed), buffer: emptyBuffer(config, widths) };
}

/**
 * Training from a checkpoint, which another run may have written with other settings: a smaller replay capacity keeps
 * the newest entries, replay switched off drops them, and a parameter that did not exist yet and has a fixed first value
 * (a learned λ) begins there.
 *
 * @throws BasinError `checkpoint.mismatch` when a tensor is missing or has another shape than this configuration needs
 */
export function startFrom(checkpoint: Checkpoint, config: RunConfig, specs: readonly ParameterSpec[], widths: Widths): Start {
  const initial = initialState(specs, config.seed);
  const optional = new Set(specs.filter(({ value }) => value !== undefined).flatMap(({ name }) => [name, `adam.m.${name}`, `adam.v.${name}`]));
  const values: Record<string, Float32Array> = {};
  for (const [name, shape] of Object.entries(initial.shapes)) {
    const saved = checkpoint.state.shapes[name];
    if (saved && !sameShape(saved, shape)) throw mismatch(`tensor ${name} has shape [${saved.join(', ')}] and this run needs [${shape.join(', ')}]`);
    if (!saved && !optional.has(name)) throw mismatch(`it has no tensor ${name}, which this run needs with shape [${shape.join(', ')}]`);
    values[name] = checkpoint.state.values[name] ?? initial.values[name]!;
  }
  return { iteration: checkpoint.iteration, state: { values, shapes: initial.shapes }, buffer: restoredBuffer(checkpoint, config, widths) };
}

function restoredBuffer({ replay }: Checkpoint, config: RunConfig, widths: Widths): ReplayBuffer | undefined {
  if (!replay || replayedRows(config) === 0) return emptyBuffer(config, widths);
  const { columns, x, answers } = replay.living;
  const entries = columns.uid.length;
  if (x.length !== entries * widths.x || answers.length !== entries * widths.y) {
    throw mismatch(`its replay buffer holds problems of ${x.length / entries} numbers with answers of ${answers.length / entries}, and this run has ${widths.x} and ${widths.y}`);
  }
  return ReplayBuffer.restore(replay, config.replay_capacity, widths, config.steps);
}

const emptyBuffer = (config: RunConfig, widths: Widths): ReplayBuffer | undefined =>
  replayedRows(config) === 0 ? undefined : new ReplayBuffer(config.replay_capacity, widths, config.steps);

const sameShape = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((n, i) => n === b[i]);

const mismatch = (what: string): BasinError =>
  new BasinError('checkpoint.mismatch', `The checkpoint does not fit this configuration: ${what}. Task, rank, hidden width and depth must stay as they were.`, { details: { what } });
