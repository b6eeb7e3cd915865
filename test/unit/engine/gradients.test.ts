import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { Rank, Scalar, Tensor } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mendGradients } from '../../../src-main/engine/gradients.ts';

type Op = (x: Tensor<Rank.R2>) => Tensor;

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});
beforeEach(() => {
  tf.engine().startScope();
  mendGradients();
});
afterEach(() => tf.engine().endScope());

const SHAPE: [number, number] = [4, 3];
const SIZE = SHAPE[0] * SHAPE[1];
/** Irregular numbers in (low, high), the same every time. */
const scattered = (low: number, high: number, seed: number, size = SIZE) => Float32Array.from({ length: size }, (_, i) => low + ((high - low) * (1 + Math.sin((i + 1) * 12.9898 * seed))) / 2);
const matrix = (values: Float32Array): Tensor<Rank.R2> => tf.tensor2d(values, SHAPE);
const numbers = (t: Tensor) => [...t.dataSync()];
const relativeError = (a: readonly number[], b: readonly number[]) => Math.hypot(...a.map((v, i) => v - b[i]!)) / Math.max(1e-3, Math.hypot(...b));

/** A scalar that depends on every element of op(x), each with another weight, and not only linearly. */
const scalarOf = (op: Op) => (x: Tensor) => {
  const y = op(x as Tensor<Rank.R2>);
  const weights = tf.reshape(tf.sin(tf.range(1, y.size + 1)), y.shape);
  return tf.add<Scalar>(tf.sum(tf.mul(y, weights)), tf.mul(0.3, tf.sum(tf.square(y))));
};

/** Central differences of f at x, element by element; the step suits float32 values of order 1. */
function differences(f: (x: Tensor) => Tensor, x: Float32Array): number[] {
  const step = 1e-2;
  const moved = (i: number, by: number) => f(matrix(x.map((v, j) => (j === i ? v + by : v)))).dataSync()[0]!;
  return [...x.keys()].map((i) => (moved(i, step) - moved(i, -step)) / (2 * step));
}

/** The gradient dotted with a vector that depends on x: its own gradient needs the second derivatives, in a sum. */
const along = (f: (x: Tensor) => Scalar) => (x: Tensor) => tf.sum<Scalar>(tf.mul(tf.mul(tf.grad(f)(x), x), matrix(scattered(-1, 1, 4.4))));

const other = () => matrix(scattered(-1, 1, 3.1));
const row = () => tf.tensor1d(scattered(0.2, 1, 2.2, 3));
const ids = (values: number[]) => tf.tensor1d(values, 'int32');

const ANYWHERE: Record<string, Op> = {
  abs: (x) => tf.abs(x), asinh: (x) => tf.asinh(x), atan: (x) => tf.atan(x), cos: (x) => tf.cos(x), cosh: (x) => tf.cosh(x), elu: (x) => tf.elu(x), erf: (x) => tf.erf(x), exp: (x) => tf.exp(x),
  expm1: (x) => tf.expm1(x), 'leaky relu': (x) => tf.leakyRelu(x, 0.3), 'log sigmoid': (x) => tf.logSigmoid(x), negative: (x) => tf.neg(x), relu: (x) => tf.relu(x), relu6: (x) => tf.relu6(tf.mul(5, x)),
  selu: (x) => tf.selu(x), sigmoid: (x) => tf.sigmoid(x), swish: (x) => tf.mul(x, tf.sigmoid(x)), sin: (x) => tf.sin(x), sinh: (x) => tf.sinh(x), softplus: (x) => tf.softplus(x), square: (x) => tf.square(x),
  tanh: (x) => tf.tanh(x), 'x tanh x': (x) => tf.mul(x, tf.tanh(x)), 'x exp x': (x) => tf.mul(x, tf.exp(x)), clip: (x) => tf.clipByValue(x, -0.7, 0.9), 'power 3': (x) => tf.pow(x, 3), 'power 2': (x) => tf.pow(x, 2), 'power 1': (x) => tf.pow(x, 1),
  add: (x) => tf.add(x, row()), subtract: (x) => tf.sub(row(), tf.mul(x, x)), multiply: (x) => tf.mul(row(), tf.mul(tf.mean(x, 0), x)), 'squared difference': (x) => tf.squaredDifference(row(), x),
  maximum: (x) => tf.maximum(x, other()), 'minimum, broadcast': (x) => tf.minimum(tf.mean(x, 0), other()), where: (x) => tf.where(tf.logicalAnd(tf.greater(x, -0.5), tf.logicalNot(tf.less(x, 0.1))), tf.sin(x), tf.square(x)), prelu: (x) => tf.prelu(x, tf.square(tf.mean(x, 0))),
  'add many': (x) => tf.addN([x, tf.sin(x), other()]), sum: (x) => tf.sum(x, 1), mean: (x) => tf.mean(tf.square(x), 0), 'max of all': (x) => tf.max(x), 'max of rows': (x) => tf.max(x, 1), 'min, axis kept': (x) => tf.min(tf.mul(x, x), 0, true), 'log sum exp': (x) => tf.logSumExp(x, 1),
  softmax: (x) => tf.softmax(x), cumsum: (x) => tf.cumsum(x, 1), 'cumsum of a square matrix': (x) => tf.cumsum(tf.matMul(x, x, true), 0, true), norm: (x) => tf.norm(x, 2, 1), variance: (x) => tf.moments(x, 0).variance,
  matmul: (x) => tf.matMul(x, other(), false, true), 'matmul, left transposed': (x) => tf.matMul(x, x, true), 'matmul, right transposed': (x) => tf.matMul(x, x, false, true), 'matmul, both transposed': (x) => tf.matMul(x, tf.reshape<Rank.R2>(x, [3, 4]), true, true), 'matmul of a batch': (x) => tf.matMul(tf.reshape(x, [2, 2, 3]), tf.reshape(tf.mean(x, 0), [1, 3, 1])),
  reshape: (x) => tf.reshape(x, [2, 6]), expand: (x) => tf.expandDims(x, 1), transpose: (x) => tf.transpose(tf.reshape(x, [2, 2, 3]), [2, 0, 1]), reverse: (x) => tf.reverse(x, 1), slice: (x) => tf.slice(x, [1, 0], [2, 2]), pad: (x) => tf.pad(x, [[1, 0], [2, 1]]), concat: (x) => tf.concat([x, other(), tf.sin(x)], 1),
  stack: (x) => tf.stack([x, tf.sin(x)], 1), unstack: (x) => tf.mul(tf.unstack(x)[0]!, tf.unstack(x)[1]!), split: (x) => tf.mul(tf.split(x, 2)[0]!, tf.split(x, 2)[1]!), tile: (x) => tf.tile(x, [2, 3]), 'tile rows': (x) => tf.tile(x, [3, 1]), broadcast: (x) => tf.broadcastTo(x, [5, 4, 3]),
  'gather rows': (x) => tf.gather(x, ids([0, 2, 2])), 'gather columns': (x) => tf.gather(x, ids([0, 2, 2]), 1), 'segment sum': (x) => tf.unsortedSegmentSum(x, ids([0, 1, -1, 0]), 2), 'linear, fused': (x) => tf.fused.matMul({ a: x, b: other(), transposeB: true, bias: tf.ones([4]) }),
};
const POSITIVE: Record<string, Op> = {
  log: (x) => tf.log(x), log1p: (x) => tf.log1p(x), sqrt: (x) => tf.sqrt(x), rsqrt: (x) => tf.rsqrt(x), reciprocal: (x) => tf.reciprocal(x), divide: (x) => tf.div(row(), x), 'power 2.5': (x) => tf.pow(x, 2.5), 'power of itself': (x) => tf.pow(x, x), 'power, broadcast': (x) => tf.pow(row(), x),
  mod: (x) => tf.mod(x, 0.77), atan2: (x) => tf.atan2(x, row()), acosh: (x) => tf.acosh(tf.add(1, x)), acos: (x) => tf.acos(tf.div(x, 2.5)), asin: (x) => tf.asin(tf.div(x, 2.5)), atanh: (x) => tf.atanh(tf.div(x, 2.5)), tan: (x) => tf.tan(tf.div(x, 2.5)),
};
const CASES = [...Object.entries(ANYWHERE).map(([name, op]) => ({ name, op, low: -2, high: 2 })), ...Object.entries(POSITIVE).map(([name, op]) => ({ name, op, low: 0.5, high: 2 }))];

describe('against central differences', () => {
  test.each(CASES)('first and second order through $name', ({ op, low, high }) => {
    const x = scattered(low, high, 1.7);
    const f = scalarOf(op);
    expect(relativeError(numbers(tf.grad(f)(matrix(x))), differences(f, x))).toBeLessThan(5e-3);
    expect(relativeError(numbers(tf.grad(along(f))(matrix(x))), differences(along(f), x))).toBeLessThan(5e-3);
  });
});

describe('against second derivatives known in closed form', () => {
  const s = (x: number) => 1 / (1 + Math.exp(-x));
  const CLOSED: { name: string; op: (x: Tensor) => Tensor; second: (x: number) => number }[] = [
    { name: 'sigmoid', op: (x) => tf.sigmoid(x), second: (x) => s(x) * (1 - s(x)) * (1 - 2 * s(x)) },
    { name: 'swish', op: (x) => tf.mul(x, tf.sigmoid(x)), second: (x) => s(x) * (1 - s(x)) * (2 + x * (1 - 2 * s(x))) },
    { name: 'tanh', op: (x) => tf.tanh(x), second: (x) => -2 * Math.tanh(x) * (1 - Math.tanh(x) ** 2) },
    { name: 'exp', op: (x) => tf.exp(x), second: Math.exp },
    { name: 'elu', op: (x) => tf.elu(x), second: (x) => (x > 0 ? 0 : Math.exp(x)) },
    { name: 'cube', op: (x) => tf.pow(x, 3), second: (x) => 6 * x },
  ];
  test.each(CLOSED)('$name', ({ op, second }) => {
    const x = scattered(-3, 3, 1.3);
    const found = numbers(tf.grad((a) => tf.sum(tf.grad((b) => tf.sum(op(b)))(a)))(matrix(x)));
    expect(relativeError(found, [...x].map(second))).toBeLessThan(2e-6);
  });
});

/** E(W, y) = Σ v·swish(swish(y W) U), and the error of d/dW of a projection of ∇_y E against central differences in W. */
function energyNetworkError(): number {
  const [y, u, v] = [matrix(scattered(-1, 1, 0.9)), tf.tensor2d(scattered(-1, 1, 5.3, 25), [5, 5]), tf.tensor2d(scattered(-1, 1, 2.9, 5), [5, 1])];
  const swish = (x: Tensor) => tf.mul(x, tf.sigmoid(x));
  const energy = (w: Tensor, answer: Tensor) => tf.sum<Scalar>(tf.matMul(swish(tf.matMul(swish(tf.matMul(answer, w)), u)), v));
  const projected = (w: Tensor) => tf.sum<Scalar>(tf.mul(tf.grad((answer) => energy(w, answer))(y), other()));
  const weights = scattered(-1, 1, 1.9, 15);
  const at = (values: Float32Array) => tf.tensor2d(values, [3, 5]);
  const moved = (i: number, by: number) => projected(at(weights.map((value, j) => (j === i ? value + by : value)))).dataSync()[0]!;
  const expected = [...weights.keys()].map((i) => (moved(i, 1e-2) - moved(i, -1e-2)) / 2e-2);
  return relativeError(numbers(tf.grad(projected)(at(weights))), expected);
}

describe('an energy network of swish layers', () => {
  test('has right second derivatives', () => expect(energyNetworkError()).toBeLessThan(1e-3));

  test("had wrong ones, and no error, with tfjs's own gradient of sigmoid", () => {
    const own = (dy: Tensor | Tensor[], [y]: Tensor[]) => ({ x: () => tf.mul(dy as Tensor, tf.mul(y!, tf.sub(1, y!))) });
    tf.registerGradient({ kernelName: tf.Sigmoid, outputsToSave: [true], gradFunc: own });
    expect(energyNetworkError()).toBeGreaterThan(1e-2);
  });
});

describe('details', () => {
  test('tied elements share the gradient of a maximum and a minimum', () => {
    const x = tf.tensor2d([1, 3, 3, 2, 2, 2], [2, 3]);
    expect(numbers(tf.grad((t) => tf.sum(tf.max(t, 1)))(x))).toEqual([0, 0.5, 0.5, ...Array<number>(3).fill(Math.fround(1 / 3))]);
    expect(numbers(tf.grad((t) => tf.min(t))(x))).toEqual([1, 0, 0, 0, 0, 0]);
    expect(numbers(tf.grad((t) => tf.sum(tf.maximum(t, 2)))(x))).toEqual([0, 1, 1, 0.5, 0.5, 0.5]);
    expect(numbers(tf.grad((t) => tf.sum(tf.minimum(t, 2)))(x))).toEqual([1, 0, 0, 0.5, 0.5, 0.5]);
  });

  test('powers of zero give no NaN', () => {
    const square = (x: Tensor) => tf.sum<Scalar>(tf.pow(x, 2));
    expect(numbers(tf.grad((x) => tf.sum(tf.grad(square)(x)))(tf.tensor1d([0, -1, 2])))).toEqual([2, 2, 2]);
    expect(numbers(tf.grad((x) => tf.sum(tf.pow(x, 0)))(tf.tensor1d([0, -1, 2])))).toEqual([0, 0, 0]);
    expect(numbers(tf.grad((b) => tf.sum(tf.pow(tf.tensor1d([0, -1, 1]), b)))(tf.tensor1d([2, 2, 2])))).toEqual([0, 0, 0]);
  });

  test('roundings and comparisons have the gradient zero', () => {
    const jumps: Op[] = [(x) => tf.floor(x), (x) => tf.round(x), (x) => tf.sign(x), (x) => tf.step(x), (x) => tf.cast(tf.cast(x, 'int32'), 'float32'), (x) => tf.cast(tf.greater(x, 0.1), 'float32'), (x) => tf.floorDiv(x, 0.3)];
    for (const op of jumps) expect(numbers(tf.grad((x) => tf.sum(op(x as Tensor<Rank.R2>)))(other())).every((value) => value === 0)).toBe(true);
  });

  test.each<[string, Op]>([
    ['Einsum', (x) => tf.einsum('ij,kj->ik', x, x)],
    ['TopK', (x) => tf.topk(x, 2).values],
    ['Prod', (x) => tf.prod(x, 1)],
    ['MaxPool', (x) => tf.maxPool(tf.reshape<Rank.R4>(x, [1, 4, 3, 1]), 2, 1, 'valid')],
    ['MirrorPad', (x) => tf.mirrorPad(x, [[1, 0], [1, 1]], 'reflect')],
    ['logSoftmax', (x) => tf.logSoftmax(x)],
  ])('%s, which has no right gradient, is refused by name', (name, op) => {
    expect(() => tf.grad((x) => tf.sum(op(x as Tensor<Rank.R2>)))(other())).toThrow(expect.objectContaining({ code: 'engine.gradient', message: expect.stringContaining(name) }));
  });
});
