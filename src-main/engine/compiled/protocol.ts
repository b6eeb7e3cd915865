import type { ErrorData } from '../../contract/errors.ts';
import type { Arrays, Shape } from '../../methods/types.ts';
import type { Device } from '../types.ts';

/** A graph as it travels to the runtime thread: one step, or several in a row. */
export interface Unit {
  readonly name: string;
  readonly onnx: Uint8Array;
  /** Multiplications in its matrix products: how much work a run is. */
  readonly multiplications: number;
  /** Fed inputs that the model reads. */
  readonly inputs: Readonly<Record<string, Shape>>;
  /** Inputs of which each run of the unit reads the next slice. */
  readonly advancing: readonly string[];
  /** Which entries are the program's own scratch; the others are the engine's state. */
  readonly scratch: readonly string[];
  /** Entries that the model reads. */
  readonly reads: readonly string[];
  /** Entries that the model replaces. */
  readonly writes: Readonly<Record<string, Shape>>;
  /** What goes to the caller: a further run in the same call appends to it. */
  readonly outputs: Readonly<Record<string, Shape>>;
}

/** Units of a program by index, each with the number of its runs. */
export type Schedule = readonly { readonly unit: number; readonly runs: number }[];

export type RuntimeRequest =
  | { readonly type: 'load'; readonly program: number; readonly unit: number; readonly model: Unit }
  | { readonly type: 'run'; readonly program: number; readonly feeds: Arrays; readonly schedule: Schedule }
  | { readonly type: 'release'; readonly program: number }
  | { readonly type: 'set'; readonly values: Arrays; readonly shapes: Readonly<Record<string, Shape>> }
  | { readonly type: 'get'; readonly names: readonly string[] }
  | { readonly type: 'memory' };

export interface RequestMessage {
  readonly id: number;
  readonly request: RuntimeRequest;
}

export type ReplyMessage = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: ErrorData };

export interface RuntimeOptions {
  readonly device: Device;
  readonly threads: number;
  readonly sparing: boolean;
}
