/** The recording of a step: values that flow, nodes that make them. Kernels keep tfjs's names until lowering. */

export type DType = 'float32' | 'int32' | 'bool';

/** Every element of a value, known at trace time. */
export type Constant = Float32Array | Int32Array | Uint8Array;

export interface Value {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** The node that makes it; absent for inputs and constants. */
  readonly node?: Node;
  /** Set for a graph input. */
  readonly input?: string;
  /** Set for a constant; a uniform one holds its single number in `uniform` and needs no array. */
  readonly constant?: Constant;
  readonly uniform?: number;
}

export type Attributes = Readonly<Record<string, unknown>>;

export interface Node {
  readonly kernel: string;
  readonly inputs: readonly Value[];
  readonly attrs: Attributes;
  readonly outputs: readonly Value[];
}

export interface Graph {
  readonly inputs: readonly Value[];
  readonly outputs: Readonly<Record<string, Value>>;
}

let nextId = 0;

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);
export const sameShape = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((extent, i) => extent === b[i]);

export const inputValue = (name: string, shape: readonly number[]): Value => ({ id: nextId++, shape, dtype: 'float32', input: name });

/** A constant; found to be uniform when all its elements are equal, as most of autodiff's are. */
export function constantValue(constant: Constant, shape: readonly number[], dtype: DType): Value {
  const first = constant[0];
  const uniform = first !== undefined && constant.every((element) => Object.is(element, first));
  return { id: nextId++, shape, dtype, ...(uniform ? { uniform: first } : { constant }) };
}

export const uniformValue = (uniform: number, shape: readonly number[], dtype: DType): Value => ({ id: nextId++, shape, dtype, uniform });

/** A node with fresh output values. */
export function makeNode(kernel: string, inputs: readonly Value[], attrs: Attributes, outputs: readonly { shape: readonly number[]; dtype: DType }[]): Node {
  const node = { kernel, inputs, attrs, outputs: [] as Value[] };
  node.outputs = outputs.map(({ shape, dtype }) => ({ id: nextId++, shape, dtype, node }));
  return node;
}

/** The nodes that the outputs need, each after those it needs itself. */
export function nodesOf(graph: Graph): Node[] {
  const ordered: Node[] = [];
  const seen = new Set<Node>();
  const stack: { node: Node; next: number }[] = [];
  const visit = (value: Value) => {
    if (value.node && !seen.has(value.node)) {
      seen.add(value.node);
      stack.push({ node: value.node, next: 0 });
    }
  };
  for (const output of Object.values(graph.outputs)) {
    visit(output);
    // An explicit stack: an unrolled walk is deeper than JavaScript's call stack is sure to be.
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const input = top.node.inputs[top.next++];
      if (input) visit(input);
      else ordered.push(stack.pop()!.node);
    }
  }
  return ordered;
}

/** Scalar multiplications in a graph's matrix products. */
export function multiplications(graph: Graph): number {
  return nodesOf(graph)
    .filter(({ kernel }) => kernel === 'BatchMatMul')
    .reduce((sum, { inputs, attrs, outputs }) => sum + sizeOf(outputs[0]!.shape) * inputs[0]!.shape.at(attrs['transposeA'] === true ? -2 : -1)!, 0);
}
