import * as tf from '@tensorflow/tfjs-core';
import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';
import { BasinError } from '../../contract/errors.ts';
import type { Shape, Step, Tensors } from '../../methods/types.ts';
import { mendGradients } from '../gradients.ts';
import { constantValue, inputValue, sameShape, uniformValue, type Attributes, type Constant, type DType, type Graph, type Value } from './graph.ts';
import { KERNELS } from './kernels/index.ts';
import { Simplifier } from './simplify.ts';

const BACKEND = 'basin-trace';

/** What a tfjs dataId is here: tfjs asks only for an object, so it can carry the recorded value. */
interface TracedData {
  readonly value: Value;
}

/** A tfjs backend that records which kernels a step calls instead of computing them. */
class TraceBackend extends tf.KernelBackend {
  override write(values: tf.BackendValues | null, shape: number[], dtype: DataType): tf.DataId {
    return data(constantValue(values as Constant, shape, dtype as DType));
  }
  override refCount(): number {
    return 1;
  }
  override incRef(): void {
    // Values are garbage-collected like any object.
  }
  override disposeData(): boolean {
    return true;
  }
  override numDataIds(): number {
    return 0;
  }
  override memory(): { unreliable: boolean } {
    return { unreliable: false };
  }
  override floatPrecision(): 32 {
    return 32;
  }
  override epsilon(): number {
    return 1e-7;
  }
  override dispose(): void {
    // Nothing is held.
  }
  override readSync(): never {
    throw new BasinError('engine.trace', 'A step read a tensor while it was being compiled: a step may only compute with tensors, not look at their numbers', { kind: 'bug' });
  }
  override read(): never {
    return this.readSync();
  }
  override move(): never {
    throw leaked();
  }
}

const leaked = () => new BasinError('engine.trace', 'A tensor from outside leaked into a step that was being compiled: a step may only use what it is given', { kind: 'bug' });

const data = (value: Value): tf.DataId => ({ value }) satisfies TracedData;

/** The recorded value behind a tensor; tfjs may look at one dataId under another shape. */
function valueOf(tensor: TensorInfo): Value {
  const { value } = tensor.dataId as unknown as Partial<TracedData>;
  if (!value) throw leaked();
  return sameShape(value.shape, tensor.shape) ? value : recording.apply('Reshape', [value], { shape: tensor.shape })[0]!;
}

/** The recording at hand: tfjs has one global engine, so there is one at a time. */
let recording = new Simplifier();

function traced(value: Value): TensorInfo {
  return { dataId: data(value), shape: [...value.shape], dtype: value.dtype };
}

/** Kernels that only make constants. */
const CONSTANT_KERNELS: Readonly<Record<string, (inputs: Record<string, TensorInfo>, attrs: Attributes) => { shape: readonly number[]; dtype: DType; number: number }>> = {
  ZerosLike: ({ x }) => ({ shape: x!.shape, dtype: x!.dtype as DType, number: 0 }),
  OnesLike: ({ x }) => ({ shape: x!.shape, dtype: x!.dtype as DType, number: 1 }),
  Fill: (_, attrs) => ({ shape: attrs['shape'] as number[], dtype: (attrs['dtype'] as DType | undefined) ?? 'float32', number: attrs['value'] as number }),
};

/** The line that called tfjs for the kernel at hand. */
function origin(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 100;
  const frames = (new Error().stack ?? '').split('\n').slice(1);
  Error.stackTraceLimit = limit;
  const inTfjs = (line: string) => line.includes('tfjs-core');
  const caller = frames.slice(frames.findIndex(inTfjs)).find((line) => !inTfjs(line));
  return /([^/\\]+:\d+):\d+\)?$/.exec(caller ?? '')?.[1] ?? 'an unknown place';
}

let registered = false;

/** Registers the backend with every kernel name of tfjs: known ones record, the others say what to do. */
function register(): void {
  if (registered) return;
  registered = true;
  mendGradients();
  tf.registerBackend(BACKEND, () => new TraceBackend(), 0);
  const names = Object.entries(tf).flatMap(([name, value]) => (typeof value === 'string' && /^_?[A-Z]/.test(name) ? [value] : []));
  for (const kernelName of new Set(names)) {
    const constant = CONSTANT_KERNELS[kernelName];
    const kernel = KERNELS[kernelName];
    tf.registerKernel({
      kernelName,
      backendName: BACKEND,
      kernelFunc: ({ inputs, attrs }) => {
        const given = inputs as Record<string, TensorInfo>;
        const attributes = (attrs ?? {}) as Attributes;
        if (constant) {
          const { shape, dtype, number } = constant(given, attributes);
          return traced(uniformValue(number, shape, dtype));
        }
        if (!kernel) throw unlowerable(kernelName);
        const operands = kernel.operands === 'list' ? Object.values(given) : kernel.operands.map((name) => given[name]!);
        const outputs = recording.apply(kernelName, operands.map(valueOf), attributes).map(traced);
        return outputs.length === 1 && kernelName !== 'SplitV' && kernelName !== 'Unpack' ? outputs[0]! : outputs;
      },
    });
  }
}

function unlowerable(kernel: string): BasinError {
  return new BasinError('engine.unlowerable', `The compiled engine has no form of the tfjs kernel "${kernel}", used in ${origin()}. The eager engine can run it: choose --engine eager`, { details: { kernel } });
}

/** Backends that have started, as these have, are switched at once: tfjs's promise is for those that have not. */
const activate = (backend: string): void => void tf.setBackend(backend);

/** Steps that run one after another in one graph. */
export interface Part {
  readonly step: Step;
  /** How often it runs. */
  readonly times: number;
  /** Its outputs get a leading axis [times, …]. */
  readonly stacked: boolean;
  /** Inputs fed as [times, …]: one slice for each time. */
  readonly sliced: readonly string[];
}

/** A recording of parts: what it reads of the caller and of the engine, what it replaces there, what it returns. */
export interface Recording {
  readonly graph: Graph;
  /** Fed inputs with their shapes, slices included. */
  readonly inputs: Readonly<Record<string, Shape>>;
  /** State and scratch entries that are replaced; their graph outputs have the same names. */
  readonly writes: readonly string[];
}

/**
 * Runs steps once on symbols and returns what they compute as one graph. Inputs, and state and scratch entries as they
 * are before the first part, are graph inputs.
 *
 * @param forgotten scratch entries that nobody reads afterwards: they are not returned
 * @throws BasinError `engine.unlowerable` for a kernel that ONNX lowering does not know, naming it and its place.
 */
export function trace(parts: readonly Part[], forgotten: ReadonlySet<string> = new Set()): Recording {
  register();
  const before = tf.getBackend();
  activate(BACKEND);
  recording = new Simplifier();
  const scope = tf.engine();
  scope.startScope('trace');
  try {
    const shapes = inputShapes(parts);
    const entries = Object.assign({}, ...parts.map(({ step }) => ({ ...step.state, ...step.scratch }))) as Record<string, Shape>;
    const inputs = Object.entries({ ...shapes, ...entries }).map(([name, shape]) => inputValue(name, shape));
    const given: Tensors = Object.fromEntries(inputs.map((value) => [value.input!, scope.makeTensorFromTensorInfo(traced(value))]));
    const written = new Set<string>();
    const outputs: Record<string, tf.Tensor> = {};
    for (const { step, times, stacked, sliced } of parts) {
      const runs: Tensors[] = [];
      for (let k = 0; k < times; k++) {
        const slices = Object.fromEntries(sliced.map((name) => [name, tf.reshape(tf.slice(given[name]!, [k], [1]), [...step.inputs[name]!])]));
        const results = step.run({ ...given, ...slices });
        runs.push(results);
        for (const [name, tensor] of Object.entries(results)) {
          if (!(name in entries)) continue;
          given[name] = tensor;
          written.add(name);
        }
      }
      for (const name of Object.keys(runs[0] ?? {})) {
        if (!(name in entries)) outputs[name] = stacked ? tf.stack(runs.map((run) => run[name]!)) : runs[0]![name]!;
      }
    }
    const writes = [...written].filter((name) => !forgotten.has(name));
    const all = { ...outputs, ...Object.fromEntries(writes.map((name) => [name, given[name]!])) };
    return { graph: { inputs, outputs: Object.fromEntries(Object.entries(all).map(([name, tensor]) => [name, valueOf(tensor)])) }, inputs: shapes, writes };
  } finally {
    scope.endScope();
    if (before) activate(before);
  }
}

function inputShapes(parts: readonly Part[]): Record<string, Shape> {
  const shapes: Record<string, Shape> = {};
  for (const { step, times, sliced } of parts) {
    for (const [name, shape] of Object.entries(step.inputs)) shapes[name] = sliced.includes(name) ? [times, ...shape] : shape;
  }
  return shapes;
}
