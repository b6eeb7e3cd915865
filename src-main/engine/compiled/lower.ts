import { nodesOf, sameShape, sizeOf, type Graph, type Node, type Value } from './graph.ts';
import { ONNX_TYPE } from './kernels/elementwise.ts';
import { KERNELS } from './kernels/index.ts';
import type { Emitter, OnnxAttributes } from './kernels/types.ts';
import type { OnnxInitializer, OnnxModel, OnnxNode } from './onnx.ts';

const INT64 = 7;

/** Collects ONNX nodes and constants; equal constants are kept once. */
class Lowering implements Emitter {
  readonly nodes: OnnxNode[] = [];
  readonly initializers = new Map<string, OnnxInitializer>();
  private count = 0;

  op(type: string, inputs: readonly string[], attributes: OnnxAttributes = {}): string {
    return this.ops(type, inputs, 1, attributes)[0]!;
  }

  ops(type: string, inputs: readonly string[], outputs: number, attributes: OnnxAttributes = {}): string[] {
    const names = Array.from({ length: outputs }, () => `t${this.count++}`);
    this.nodes.push({ type, inputs, outputs: names, attributes });
    return names;
  }

  scalar(value: number): string {
    return this.constant(Float32Array.of(value), [], ONNX_TYPE.float32);
  }

  integers(values: readonly number[]): string {
    return this.constant(BigInt64Array.from(values, BigInt), [values.length], INT64);
  }

  /** An initializer; large uniform values stay one number and an Expand. */
  value({ uniform, constant, shape, dtype }: Value): string {
    const type = ONNX_TYPE[dtype];
    if (constant) return this.constant(constant, shape, type);
    const element = dtype === 'float32' ? Float32Array.of(uniform!) : dtype === 'int32' ? Int32Array.of(uniform!) : Uint8Array.of(uniform!);
    return sizeOf(shape) === 1 ? this.constant(element, shape, type) : this.op('Expand', [this.constant(element, [], type), this.integers(shape)]);
  }

  private constant(elements: { buffer: ArrayBufferLike; byteOffset: number; byteLength: number }, shape: readonly number[], type: number): string {
    const raw = new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
    const key = `${type}:${shape.join('x')}:${Buffer.from(raw).toString('latin1')}`;
    const existing = this.initializers.get(key);
    if (existing) return existing.name;
    const name = `c${this.initializers.size}`;
    this.initializers.set(key, { name, type, shape, raw });
    return name;
  }
}

/** Elements of a product up to which Gemm's own addition is faster than an Add of its own; above, it is slower (1.17 ms against 1.05 for 1024×400 · 400×512). */
const SMALL = 2 ** 16;
/** Rows from which that is so: a product of one row loses its fast path (0.087 ms a reasoning step becomes 0.106). */
const FEW = 8;

/** Additions to a small product that nothing else uses: one Gemm does both. */
function fusedAdditions(nodes: readonly Node[], graph: Graph): Map<Node, { readonly product: Node; readonly addend: Value }> {
  const uses = new Map<Value, number>();
  for (const value of [...nodes.flatMap(({ inputs }) => inputs), ...Object.values(graph.outputs)]) uses.set(value, (uses.get(value) ?? 0) + 1);
  const fits = (value: Value, addend: Value, sum: Value) =>
    value.node?.kernel === 'BatchMatMul' && value.node.inputs.every(({ shape }) => shape.length === 2) && uses.get(value) === 1 && addend.shape.length <= 2 && sameShape(value.shape, sum.shape) && sum.shape[0]! >= FEW && sizeOf(sum.shape) <= SMALL;
  const fused = new Map<Node, { product: Node; addend: Value }>();
  for (const node of nodes) {
    if (node.kernel !== 'Add') continue;
    const [a, b] = node.inputs as [Value, Value];
    const sum = node.outputs[0]!;
    if (fits(a, b, sum)) fused.set(node, { product: a.node!, addend: b });
    else if (fits(b, a, sum)) fused.set(node, { product: b.node!, addend: a });
  }
  return fused;
}

/** A lowered step: the model, and the name of each output in it. */
export interface Lowered {
  readonly model: OnnxModel;
  /** Inputs that the outputs depend on; the others are not in the model. */
  readonly used: ReadonlySet<string>;
}

/**
 * A recorded step as an ONNX model. Inputs keep their names; output `name` is called `out:name` (an updated state entry
 * is an input and an output).
 */
export function lower(graph: Graph, name: string): Lowered {
  const nodes = nodesOf(graph);
  const fused = fusedAdditions(nodes, graph);
  const absorbed = new Set([...fused.values()].map(({ product }) => product));
  const lowering = new Lowering();
  const names = new Map<Value, string>();
  const used = new Set<string>();
  const nameOf = (value: Value): string => {
    const known = names.get(value);
    if (known !== undefined) return known;
    const made = value.input ?? lowering.value(value);
    if (value.input !== undefined) used.add(value.input);
    names.set(value, made);
    return made;
  };
  for (const node of nodes) {
    if (absorbed.has(node)) continue;
    const fusion = fused.get(node);
    const outputs = fusion
      ? KERNELS['BatchMatMul']!.lower(lowering, [...fusion.product.inputs, fusion.addend].map(nameOf), fusion.product)
      : KERNELS[node.kernel]!.lower(lowering, node.inputs.map(nameOf), node);
    node.outputs.forEach((value, i) => names.set(value, outputs[i]!));
  }
  const renamed = new Map<string, string>();
  const outputs = Object.entries(graph.outputs).map(([output, value]) => {
    const [made, named] = [nameOf(value), `out:${output}`];
    // ONNX allows neither an output that is an input nor one value under two names: those get a node of their own.
    const own = value.node !== undefined && !renamed.has(made) && value.dtype === 'float32';
    if (own) renamed.set(made, named);
    else lowering.nodes.push({ type: 'Cast', inputs: [made], outputs: [named], attributes: { to: ONNX_TYPE.float32 } });
    return { name: named, type: ONNX_TYPE.float32, shape: value.shape };
  });
  const rename = (name: string) => renamed.get(name) ?? name;
  const finished = lowering.nodes.map((node) => ({ ...node, inputs: node.inputs.map(rename), outputs: node.outputs.map(rename) }));
  const inputs = graph.inputs.filter(({ input }) => used.has(input!)).map(({ input, shape, dtype }) => ({ name: input!, type: ONNX_TYPE[dtype], shape }));
  return { model: { name, inputs, outputs, initializers: [...lowering.initializers.values()], nodes: finished }, used };
}
