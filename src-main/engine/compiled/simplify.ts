import { makeNode, sameShape, sizeOf, uniformValue, type Attributes, type Node, type Value } from './graph.ts';
import { KERNELS } from './kernels/index.ts';
import { axesOf } from './kernels/reduce.ts';

/*
 * Simplification while recording. Autodiff writes many products with ones, sums with zeros and broadcasts of what is
 * broadcast again; each rule below turns such a node into an earlier value or a cheaper node. Rules only use exact
 * identities of float32 arithmetic, except 0·x = 0 (not so for NaN and infinity): autodiff's zeros stand for "no gradient".
 */

/** Makes simplified nodes; equal ones are made once (common subexpressions, such as a forward pass that backward repeats). */
export class Simplifier {
  private readonly known = new Map<string, readonly Value[]>();

  /** The outputs of a kernel applied to values. */
  apply(kernel: string, inputs: readonly Value[], attrs: Attributes = {}): readonly Value[] {
    const outputs = KERNELS[kernel]!.infer(inputs, attrs);
    const node = makeNode(kernel, inputs, attrs, outputs);
    const rewritten = outputs.length === 1 ? this.rewrite(node, node.outputs[0]!) : undefined;
    if (rewritten) return [rewritten];
    const key = `${kernel}|${inputs.map(identity).join()}|${JSON.stringify(attrs)}`;
    const existing = this.known.get(key);
    if (existing) return existing;
    this.known.set(key, node.outputs);
    return node.outputs;
  }

  private one(kernel: string, inputs: readonly Value[], attrs: Attributes = {}): Value {
    return this.apply(kernel, inputs, attrs)[0]!;
  }

  private broadcast(x: Value, shape: readonly number[]): Value {
    return sameShape(x.shape, shape) ? x : this.one('BroadcastTo', [x], { shape });
  }

  private reshape(x: Value, shape: readonly number[]): Value {
    return this.one('Reshape', [x], { shape });
  }

  /** What a node is worth without itself; undefined when it has to be computed. */
  private rewrite(node: Node, output: Value): Value | undefined {
    const { kernel, inputs, attrs } = node;
    const [a, b] = inputs as [Value, Value | undefined];
    if (MOVES.has(kernel)) return this.rewriteMove(node, output);
    if (inputs.every(({ uniform }) => uniform !== undefined)) {
      const folded = foldUniform(node, output);
      if (folded) return folded;
    }
    if (kernel === 'Cast' && a.dtype === output.dtype) return a;
    if ((kernel === 'Sum' || kernel === 'Mean' || kernel === 'Max' || kernel === 'Min') && sizeOf(a.shape) === sizeOf(output.shape)) return this.reshape(a, output.shape);
    if (kernel === 'AddN') return inputs.reduce((sum, term) => this.one('Add', [sum, term]));
    if (kernel === 'BatchMatMul') return this.rewriteProduct(a, b!, attrs, output);
    if (BINARY.has(kernel) && b) return this.rewriteBinary(kernel, a, b, output);
    return undefined;
  }

  /** Reshapes, slices and broadcasts that move nothing; uniform values keep nothing but their shape. */
  private rewriteMove({ kernel, inputs, attrs }: Node, output: Value): Value | undefined {
    const x = inputs[0]!;
    const first = inputs[0]!.uniform;
    if (first !== undefined && inputs.every(({ uniform }) => Object.is(uniform, first)) && kernel !== 'PadV2' && kernel !== 'GatherV2') return uniformValue(first, output.shape, output.dtype);
    if (kernel === 'Identity') return x;
    if (inputs.length === 1 && sameShape(x.shape, output.shape) && kernel !== 'Transpose' && kernel !== 'GatherV2') return x;
    if (kernel === 'ExpandDims') return this.reshape(x, output.shape);
    if (kernel === 'Reshape' && x.node?.kernel === 'Reshape') return this.reshape(x.node.inputs[0]!, output.shape);
    if (kernel === 'Reshape' && !sameShape(attrs['shape'] as number[], output.shape)) return this.reshape(x, output.shape);
    if (kernel === 'Transpose' && (attrs['perm'] as number[]).every((axis, i) => axis === i)) return x;
    return undefined;
  }

  /** A product with equal numbers u is u times row or column sums; with zeros it is zero. */
  private rewriteProduct(a: Value, b: Value, attrs: Attributes, output: Value): Value | undefined {
    if (a.uniform === 0 || b.uniform === 0) return uniformValue(0, output.shape, 'float32');
    if (a.shape.length !== 2 || b.shape.length !== 2) return undefined;
    const [rows, columns] = output.shape as [number, number];
    if (a.uniform !== undefined) {
      const sums = this.one('Sum', [b], { axis: [attrs['transposeB'] === true ? 1 : 0], keepDims: false });
      return this.broadcast(this.one('Multiply', [this.reshape(sums, [1, columns]), uniformValue(a.uniform, [], 'float32')]), output.shape);
    }
    if (b.uniform !== undefined) {
      const sums = this.one('Sum', [a], { axis: [attrs['transposeA'] === true ? 0 : 1], keepDims: false });
      return this.broadcast(this.one('Multiply', [this.reshape(sums, [rows, 1]), uniformValue(b.uniform, [], 'float32')]), output.shape);
    }
    return undefined;
  }

  private rewriteBinary(kernel: string, a: Value, b: Value, output: Value): Value | undefined {
    const neutral = NEUTRAL[kernel];
    if (neutral !== undefined && b.uniform === neutral) return this.broadcast(a, output.shape);
    if (neutral !== undefined && a.uniform === neutral && COMMUTES.has(kernel)) return this.broadcast(b, output.shape);
    if (kernel === 'Multiply') {
      if (a.uniform === 0 || b.uniform === 0) return uniformValue(0, output.shape, output.dtype);
      if (b.uniform === -1) return this.broadcast(this.one('Neg', [a]), output.shape);
      if (a.uniform === -1) return this.broadcast(this.one('Neg', [b]), output.shape);
    }
    if (kernel === 'RealDiv' && a.uniform === 0) return uniformValue(0, output.shape, output.dtype);
    if (kernel === 'Sub' && a.uniform === 0) return this.broadcast(this.one('Neg', [b]), output.shape);
    if (kernel === 'Add' && b.node?.kernel === 'Neg') return this.one('Sub', [a, b.node.inputs[0]!]);
    if (kernel === 'Add' && a.node?.kernel === 'Neg') return this.one('Sub', [b, a.node.inputs[0]!]);
    if (kernel === 'Sub' && b.node?.kernel === 'Neg') return this.one('Add', [a, b.node.inputs[0]!]);
    const [narrowA, narrowB] = [narrow(a), narrow(b)];
    // ONNX broadcasts by itself: work on the narrow values, and spread the result only where it is still too narrow.
    if (narrowA !== a || narrowB !== b) return this.broadcast(this.one(kernel, [narrowA, narrowB]), output.shape);
    return undefined;
  }
}

/** The value before it was broadcast. */
function narrow(x: Value): Value {
  if (x.uniform !== undefined && x.shape.length > 0) return uniformValue(x.uniform, [], x.dtype);
  return x.node?.kernel === 'BroadcastTo' ? x.node.inputs[0]! : x;
}

/** What makes two values the same to a kernel. */
const identity = (value: Value): string => (value.uniform === undefined ? String(value.id) : `u${value.uniform}:${value.shape.join('x')}:${value.dtype}`);

const MOVES = new Set(['Identity', 'Reshape', 'ExpandDims', 'Slice', 'Concat', 'Pack', 'PadV2', 'Tile', 'BroadcastTo', 'Transpose', 'GatherV2']);
const BINARY = new Set(['Add', 'Sub', 'Multiply', 'RealDiv', 'Maximum', 'Minimum', 'SquaredDifference', 'Equal', 'NotEqual', 'Greater', 'GreaterEqual', 'Less', 'LessEqual']);
const COMMUTES = new Set(['Add', 'Multiply']);
const NEUTRAL: Readonly<Record<string, number>> = { Add: 0, Sub: 0, Multiply: 1, RealDiv: 1 };

const SCALAR: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Multiply: (a, b) => a * b,
  RealDiv: (a, b) => a / b,
  Maximum: Math.max,
  Minimum: Math.min,
  Neg: (a) => -a,
  Square: (a) => a * a,
  Sqrt: (a) => Math.sqrt(a),
  Abs: (a) => Math.abs(a),
};

/** A float32 kernel applied to numbers known now. */
function foldUniform({ kernel, inputs, attrs }: Node, output: Value): Value | undefined {
  if (output.dtype !== 'float32') return undefined;
  const [a, b] = inputs.map(({ uniform }) => uniform!) as [number, number];
  const made = (number: number) => uniformValue(Math.fround(number), output.shape, 'float32');
  if (kernel === 'Sum') return made(a * axesOf(inputs[0]!, attrs).reduce((count, axis) => count * inputs[0]!.shape[axis]!, 1));
  if (kernel === 'Mean' || kernel === 'Max' || kernel === 'Min') return made(a);
  const scalar = SCALAR[kernel];
  return scalar ? made(scalar(a, b)) : undefined;
}
