import type { ErrorData } from '../../contract/errors.ts';
import type { Arrays, Shape } from '../../methods/types.ts';
import type { Device } from '../types.ts';

/** A lowered stage as it travels to the runtime thread. */
export interface StageModel {
  readonly name: string;
  readonly onnx: Uint8Array;
  /** Multiplications in its matrix products: how much work a run is. */
  readonly multiplications: number;
  readonly repeated: boolean;
  /** Fed inputs that the model reads. */
  readonly inputs: Readonly<Record<string, Shape>>;
  /** Inputs of which each repetition reads its own slice. */
  readonly perRepetition: readonly string[];
  /** State entries that the model reads. */
  readonly reads: readonly string[];
  /** State entries that the model replaces. */
  readonly writes: Readonly<Record<string, Shape>>;
  /** What goes to the caller. */
  readonly outputs: Readonly<Record<string, Shape>>;
}

export type RuntimeRequest =
  | { readonly type: 'prepare'; readonly program: number; readonly stages: readonly StageModel[] }
  | { readonly type: 'run'; readonly program: number; readonly feeds: Arrays; readonly times: number }
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
}
