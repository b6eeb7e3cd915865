import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../../src-main/engine/compiled/program.ts';
import { KERNELS } from '../../../../src-main/engine/compiled/kernels/index.ts';
import type { Step } from '../../../../src-main/methods/types.ts';
import { enginePair, once, prepareStep, relativeError, uniform } from '../support.ts';

/** For each kernel some op that calls it; a and b are [3, 4] with entries of both signs, p is positive. */
type Operands = Record<'a' | 'b' | 'p' | 'row' | 'deep', Tensor>;
const bool = (t: Tensor) => tf.cast(t, 'float32');
const CASES: Record<string, (t: Operands) => Tensor> = {
  Abs: ({ a }) => tf.abs(a),
  Neg: ({ a }) => tf.neg(a),
  Exp: ({ a }) => tf.exp(a),
  Log: ({ p }) => tf.log(p),
  Sqrt: ({ p }) => tf.sqrt(p),
  Sigmoid: ({ a }) => tf.sigmoid(a),
  Tanh: ({ a }) => tf.tanh(a),
  Relu: ({ a }) => tf.relu(a),
  Softplus: ({ a }) => tf.softplus(a),
  Reciprocal: ({ p }) => tf.reciprocal(p),
  Sign: ({ a }) => tf.sign(a),
  Floor: ({ a }) => tf.floor(tf.mul(a, 3)),
  Ceil: ({ a }) => tf.ceil(tf.mul(a, 3)),
  Sin: ({ a }) => tf.sin(a),
  Cos: ({ a }) => tf.cos(a),
  Rsqrt: ({ p }) => tf.rsqrt(p),
  Square: ({ a }) => tf.square(a),
  Log1p: ({ p }) => tf.log1p(p),
  Expm1: ({ a }) => tf.expm1(a),
  Elu: ({ a }) => tf.elu(a),
  LeakyRelu: ({ a }) => tf.leakyRelu(a, 0.3),
  Step: ({ a }) => tf.step(a, 0.25),
  ClipByValue: ({ a }) => tf.clipByValue(a, -0.2, 0.4),
  LogicalNot: ({ a }) => bool(tf.logicalNot(tf.greater(a, 0))),
  Cast: ({ a }) => bool(tf.cast(tf.greater(a, 0), 'bool')),
  Add: ({ a, row }) => tf.add(a, row),
  Sub: ({ a, row }) => tf.sub(row, a),
  Multiply: ({ a, b }) => tf.mul(a, b),
  RealDiv: ({ a, p }) => tf.div(a, p),
  Maximum: ({ a, b }) => tf.maximum(a, b),
  Minimum: ({ a, row }) => tf.minimum(a, row),
  Pow: ({ p, a }) => tf.pow(p, a),
  SquaredDifference: ({ a, b }) => tf.squaredDifference(a, b),
  Equal: ({ a }) => bool(tf.equal(a, tf.relu(a))),
  NotEqual: ({ a }) => bool(tf.notEqual(a, tf.relu(a))),
  Greater: ({ a, b }) => bool(tf.greater(a, b)),
  GreaterEqual: ({ a }) => bool(tf.greaterEqual(a, tf.relu(a))),
  Less: ({ a, b }) => bool(tf.less(a, b)),
  LessEqual: ({ a }) => bool(tf.lessEqual(a, tf.relu(a))),
  LogicalAnd: ({ a, b }) => bool(tf.logicalAnd(tf.greater(a, 0), tf.greater(b, 0))),
  LogicalOr: ({ a, b }) => bool(tf.logicalOr(tf.greater(a, 0), tf.greater(b, 0))),
  AddN: ({ a, b, p }) => tf.addN([a, b, p]),
  Select: ({ a, b, p }) => tf.where(tf.greater(a, 0), b, p),
  BatchMatMul: ({ a, b, deep }) => tf.concat([tf.reshape(tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, true, false), [-1]), tf.reshape(tf.matMul(deep, deep, false, true), [-1]), tf.reshape(tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, false, true), [-1])]),
  Transpose: ({ deep }) => tf.transpose(deep, [2, 0, 1]),
  Sum: ({ deep }) => tf.sum(deep, [0, 2]),
  Mean: ({ deep }) => tf.mean(deep, 1, true),
  Max: ({ deep }) => tf.max(deep, -1),
  Min: ({ deep }) => tf.min(deep, [0]),
  Prod: ({ p }) => tf.prod(p, 1),
  Softmax: ({ a }) => tf.softmax(a as tf.Tensor2D),
  LogSoftmax: ({ a }) => tf.logSoftmax(a as tf.Tensor2D),
  Cumsum: ({ a }) => tf.cumsum(a, 1, true, true),
  Identity: ({ a }) => tf.clone(a),
  Reshape: ({ deep }) => tf.reshape(deep, [-1, 2]),
  ExpandDims: ({ a }) => tf.expandDims(a, 1),
  Slice: ({ deep }) => tf.slice(deep, [0, 1, 0], [-1, 2, 1]),
  Concat: ({ a, b, p }) => tf.concat([a, b, p], 1),
  Pack: ({ a, b }) => tf.stack([a, b], 1),
  SplitV: ({ a }) => tf.sub(...(tf.split(a, 2, 1) as [Tensor, Tensor])),
  Unpack: ({ a }) => tf.mul(...(tf.unstack(a, 0).slice(1) as [Tensor, Tensor])),
  PadV2: ({ a }) => tf.pad(a, [[1, 0], [2, 1]], 0.5),
  Tile: ({ a }) => tf.tile(a, [2, 3]),
  BroadcastTo: ({ row }) => tf.broadcastTo(row, [3, 4]),
  GatherV2: ({ a }) => tf.gather(a, tf.tensor1d([2, 0, 2], 'int32'), 0),
};

const step = (run: (t: Operands) => Tensor): Step => ({ name: 'kernel', inputs: { a: [3, 4], b: [3, 4], p: [3, 4], row: [1, 4], deep: [2, 3, 2] }, state: {}, run: (t) => ({ out: run(t as Operands) }) });
const feeds = { a: uniform(1, 12), b: uniform(2, 12), p: uniform(3, 12).map((v) => 0.5 + Math.abs(v)), row: uniform(4, 4), deep: uniform(5, 12) };

describe('kernels', () => {
  const engines = enginePair();

  it('are all covered here', () => expect(Object.keys(CASES).sort()).toEqual(Object.keys(KERNELS).sort()));

  it.each(Object.entries(CASES))('%s computes what tfjs computes', async (_, run) => {
    const [ours, theirs] = [await prepareStep(engines.compiled, step(run)), await prepareStep(engines.eager, step(run))];
    const [a, b] = [(await ours.run(feeds))['out']!, (await theirs.run(feeds))['out']!];
    expect(b.some((value) => value !== 0)).toBe(true);
    expect(relativeError(a, b)).toBeLessThan(1e-5);
    await ours.dispose();
  });

  it('refuses a kernel that it does not know by name and place, and points to the eager engine', () => {
    const unknown = step(({ a }) => tf.cumprod(a, 0));
    expect(() => compile([once(unknown)])).toThrow(/"Cumprod".*kernels\.test\.ts:\d+.*--engine eager/s);
  });

  it('refuses a step that looks at numbers, and a tensor from outside', async () => {
    expect(() => compile([once(step(({ a }) => tf.scalar(a.dataSync()[0]!)))])).toThrow(/may only compute/);
    await tf.setBackend('cpu');
    const outside = tf.tensor([1, 2, 3, 4]);
    expect(() => compile([once(step(({ a }) => tf.add(a, outside)))])).toThrow(/leaked/);
    outside.dispose();
  });
});
