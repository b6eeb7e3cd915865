import type { Attributes, DType, Node, Value } from '../graph.ts';

/** Shape and type of one output. */
export interface Info {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** Writes ONNX nodes; values are named by strings. */
export interface Emitter {
  /** One node with one output. Attribute numbers are integers unless wrapped in { float }. */
  op(type: string, inputs: readonly string[], attributes?: OnnxAttributes): string;
  /** One node with several outputs. */
  ops(type: string, inputs: readonly string[], outputs: number, attributes?: OnnxAttributes): string[];
  /** A float32 scalar constant. */
  scalar(value: number): string;
  /** A 1-D int64 constant (axes, shapes, starts). */
  integers(values: readonly number[]): string;
}

export type OnnxAttributes = Readonly<Record<string, number | readonly number[] | { readonly float: number }>>;

/** Everything Basin knows of one tfjs kernel: its operands, what it makes, and how ONNX says it. */
export interface Kernel {
  /** Names of the operands in tfjs's call, or 'list' when it passes an array. */
  readonly operands: readonly string[] | 'list';
  readonly infer: (inputs: readonly Value[], attrs: Attributes) => readonly Info[];
  /** @returns the names of the outputs, one for each of the node's. */
  readonly lower: (emit: Emitter, inputs: readonly string[], node: Node) => readonly string[];
}

export type KernelTable = Readonly<Record<string, Kernel>>;
