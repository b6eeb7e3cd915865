import { util } from '@tensorflow/tfjs-core';
import type { Attributes, Value } from '../graph.ts';
import type { Info, Kernel, KernelTable } from './types.ts';

/** The axes that a kernel reduces, counted from the front; Max has another name for them than the other kernels. */
export const axesOf = (x: Value, attrs: Attributes): number[] => util.parseAxisParam((attrs['reductionIndices'] ?? attrs['axis']) as number | number[], [...x.shape]);

function reducedShape(x: Value, attrs: Attributes): Info[] {
  const axes = axesOf(x, attrs);
  const shape = attrs['keepDims'] === true ? x.shape.map((extent, i) => (axes.includes(i) ? 1 : extent)) : x.shape.filter((_, i) => !axes.includes(i));
  return [{ shape, dtype: x.dtype }];
}

const reduce = (type: string): Kernel => ({
  operands: ['x'],
  infer: ([x], attrs) => reducedShape(x!, attrs),
  lower: (emit, [name], { inputs, attrs }) => {
    const axes = axesOf(inputs[0]!, attrs);
    if (axes.length === 0) return [name!];
    return [emit.op(type, [name!, emit.integers(axes)], { keepdims: attrs['keepDims'] === true ? 1 : 0 })];
  },
});

const alongAxis = (type: string, name: string): Kernel => ({
  operands: ['logits'],
  infer: ([x]) => [{ shape: x!.shape, dtype: x!.dtype }],
  lower: (emit, [x], { attrs }) => [emit.op(type, [x!], { axis: (attrs[name] as number | undefined) ?? -1 })],
});

export const REDUCE: KernelTable = {
  Sum: reduce('ReduceSum'),
  Mean: reduce('ReduceMean'),
  Max: reduce('ReduceMax'),
  Min: reduce('ReduceMin'),
  Prod: reduce('ReduceProd'),
  Softmax: alongAxis('Softmax', 'dim'),
  LogSoftmax: alongAxis('LogSoftmax', 'axis'),
  Cumsum: {
    operands: ['x'],
    infer: ([x]) => [{ shape: x!.shape, dtype: x!.dtype }],
    lower: (emit, [x], { attrs }) => [emit.op('CumSum', [x!, emit.integers([attrs['axis'] as number])], { exclusive: Number(attrs['exclusive']), reverse: Number(attrs['reverse']) })],
  },
};
