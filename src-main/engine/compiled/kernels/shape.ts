import { slice_util, util } from '@tensorflow/tfjs-core';
import type { Attributes, Value } from '../graph.ts';
import { sizeOf } from '../graph.ts';
import type { Emitter, Info, Kernel, KernelTable } from './types.ts';

/** tfjs's kernels that move elements without computing. */

const info = (x: Value, shape: readonly number[]): Info[] => [{ shape, dtype: x.dtype }];

/** Begin and size of a slice with tfjs's −1 resolved. */
function sliceOf(x: Value, attrs: Attributes): { begin: number[]; size: number[] } {
  const [begin, size] = slice_util.parseSliceParams({ shape: [...x.shape] } as never, attrs['begin'] as number[], attrs['size'] as number[]) as [number[], number[]];
  return { begin, size };
}

function splitSizes(x: Value, attrs: Attributes): { axis: number; sizes: number[] } {
  const axis = util.parseAxisParam(attrs['axis'] as number, [...x.shape])[0]!;
  const given = attrs['numOrSizeSplits'] as number | number[];
  const extent = x.shape[axis]!;
  const sizes = typeof given === 'number' ? Array<number>(given).fill(extent / given) : given.map((size) => (size === -1 ? extent - given.filter((s) => s > 0).reduce((a, b) => a + b, 0) : size));
  return { axis, sizes };
}

const reshaped = (emit: Emitter, x: string, shape: readonly number[]): string => emit.op('Reshape', [x, emit.integers(shape)]);

const reshape: Kernel = {
  operands: ['x'],
  infer: ([x], attrs) => info(x!, util.inferFromImplicitShape([...(attrs['shape'] as number[])], sizeOf(x!.shape))),
  lower: (emit, [x], { outputs }) => [reshaped(emit, x!, outputs[0]!.shape)],
};

export const SHAPE: KernelTable = {
  Identity: { operands: ['x'], infer: ([x]) => info(x!, x!.shape), lower: (emit, [x]) => [emit.op('Identity', [x!])] },
  Reshape: reshape,
  ExpandDims: {
    operands: ['input'],
    infer: ([x], attrs) => {
      const dim = attrs['dim'] as number;
      const at = dim < 0 ? x!.shape.length + dim + 1 : dim;
      return info(x!, [...x!.shape.slice(0, at), 1, ...x!.shape.slice(at)]);
    },
    lower: reshape.lower,
  },
  Slice: {
    operands: ['x'],
    infer: ([x], attrs) => info(x!, sliceOf(x!, attrs).size),
    lower: (emit, [x], { inputs, attrs }) => {
      const { begin, size } = sliceOf(inputs[0]!, attrs);
      const cut = [...begin.keys()].filter((axis) => begin[axis] !== 0 || size[axis] !== inputs[0]!.shape[axis]);
      const of = (values: readonly number[]) => emit.integers(cut.map((axis) => values[axis]!));
      return [emit.op('Slice', [x!, of(begin), of(begin.map((from, axis) => from + size[axis]!)), emit.integers(cut)])];
    },
  },
  Concat: {
    operands: 'list',
    infer: (inputs, attrs) => {
      const axis = util.parseAxisParam(attrs['axis'] as number, [...inputs[0]!.shape])[0]!;
      const extent = inputs.reduce((sum, { shape }) => sum + shape[axis]!, 0);
      return info(inputs[0]!, inputs[0]!.shape.with(axis, extent));
    },
    lower: (emit, inputs, node) => [emit.op('Concat', inputs, { axis: util.parseAxisParam(node.attrs['axis'] as number, [...node.inputs[0]!.shape])[0]! })],
  },
  Pack: {
    operands: 'list',
    infer: (inputs, attrs) => info(inputs[0]!, inputs[0]!.shape.toSpliced(attrs['axis'] as number, 0, inputs.length)),
    lower: (emit, inputs, { outputs, attrs }) => {
      const axis = attrs['axis'] as number;
      return [emit.op('Concat', inputs.map((x) => reshaped(emit, x, outputs[0]!.shape.with(axis, 1))), { axis })];
    },
  },
  SplitV: {
    operands: ['x'],
    infer: ([x], attrs) => {
      const { axis, sizes } = splitSizes(x!, attrs);
      return sizes.map((size) => ({ shape: x!.shape.with(axis, size), dtype: x!.dtype }));
    },
    lower: (emit, [x], { inputs, attrs, outputs }) => {
      const { axis, sizes } = splitSizes(inputs[0]!, attrs);
      return emit.ops('Split', [x!, emit.integers(sizes)], outputs.length, { axis });
    },
  },
  Unpack: {
    operands: ['value'],
    infer: ([x], attrs) => {
      const axis = util.parseAxisParam(attrs['axis'] as number, [...x!.shape])[0]!;
      return Array.from({ length: x!.shape[axis]! }, () => ({ shape: x!.shape.toSpliced(axis, 1), dtype: x!.dtype }));
    },
    lower: (emit, [x], { inputs, attrs, outputs }) => {
      const axis = util.parseAxisParam(attrs['axis'] as number, [...inputs[0]!.shape])[0]!;
      const parts = emit.ops('Split', [x!, emit.integers(outputs.map(() => 1))], outputs.length, { axis });
      return parts.map((part, i) => reshaped(emit, part, outputs[i]!.shape));
    },
  },
  PadV2: {
    operands: ['x'],
    infer: ([x], attrs) => info(x!, x!.shape.map((extent, i) => extent + (attrs['paddings'] as [number, number][])[i]!.reduce((a, b) => a + b, 0))),
    lower: (emit, [x], { attrs }) => {
      const paddings = attrs['paddings'] as [number, number][];
      return [emit.op('Pad', [x!, emit.integers([...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)]), emit.scalar(attrs['constantValue'] as number)])];
    },
  },
  Tile: {
    operands: ['x'],
    infer: ([x], attrs) => info(x!, x!.shape.map((extent, i) => extent * (attrs['reps'] as number[])[i]!)),
    lower: (emit, [x], { attrs }) => [emit.op('Tile', [x!, emit.integers(attrs['reps'] as number[])])],
  },
  /** tfjs's own kernel, and what simplification turns "times ones" and a product with ones into. */
  BroadcastTo: {
    operands: ['x'],
    infer: ([x], attrs) => info(x!, attrs['shape'] as number[]),
    lower: (emit, [x], { outputs }) => [emit.op('Expand', [x!, emit.integers(outputs[0]!.shape)])],
  },
  GatherV2: {
    operands: ['x', 'indices'],
    infer: ([x, indices], attrs) => {
      const axis = util.parseAxisParam(attrs['axis'] as number, [...x!.shape])[0]!;
      return info(x!, x!.shape.toSpliced(axis, 1, ...indices!.shape));
    },
    lower: (emit, inputs, node) => [emit.op('Gather', inputs, { axis: util.parseAxisParam(node.attrs['axis'] as number, [...node.inputs[0]!.shape])[0]! })],
  },
};
