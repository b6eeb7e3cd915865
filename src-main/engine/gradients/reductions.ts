import * as tf from '@tensorflow/tfjs-core';
import type { NamedAttrMap, Tensor } from '@tensorflow/tfjs-core';
import { register, sumTo } from './register.ts';

/** Gradients of kernels that sum, pick or normalise over axes, and of the matrix product. */
export function registerReductions(): void {
  register(tf.Sum, ['x'], (dy, [x], { axis }) => ({ x: () => spread(dy, x!, axis) }));
  register(tf.Mean, ['x'], (dy, [x], { axis }) => ({ x: () => tf.div(spread(dy, x!, axis), x!.size / Math.max(1, dy.size)) }));
  register(tf.Cumsum, [], (dy, _saved, { axis, exclusive, reverse }) => ({ x: () => tf.cumsum(dy, axis as number, exclusive as boolean, !(reverse as boolean)) }));

  // Tied elements share the gradient equally, as in PyTorch's amax and amin.
  const extreme = (kernel: string, attribute: string, reduce: typeof tf.max) =>
    register(kernel, ['x'], (dy, [x], attrs) => ({
      x: () => {
        const axes = axesOf(attrs[attribute], x!);
        const chosen = tf.cast(tf.equal(x!, reduce(x!, axes, true)), 'float32');
        return tf.mul(tf.reshape(dy, kept(x!, axes)), tf.div(chosen, tf.sum(chosen, axes, true)));
      },
    }));
  extreme(tf.Max, 'reductionIndices', tf.max);
  extreme(tf.Min, 'axis', tf.min);
  for (const kernel of [tf.ArgMax, tf.ArgMin, tf.All, tf.Any]) register(kernel, ['x'], (_dy, [x]) => ({ x: () => tf.zeros(x!.shape) }));

  register(tf.Softmax, ['logits'], (dy, [logits], { dim }) => ({
    logits: () => {
      const y = tf.softmax(logits!, dim as number);
      const weighted = tf.mul(dy, y);
      return tf.sub(weighted, tf.mul(tf.sum(weighted, dim as number, true), y));
    },
  }));

  register(tf.BatchMatMul, ['a', 'b'], (dy, [a, b], { transposeA, transposeB }) => ({
    a: () => sumTo(transposeA ? tf.matMul(b!, dy, Boolean(transposeB), true) : tf.matMul(dy, b!, false, !transposeB), a!),
    b: () => sumTo(transposeB ? tf.matMul(dy, a!, true, Boolean(transposeA)) : tf.matMul(a!, dy, !transposeA, false), b!),
  }));
}

const axesOf = (attribute: NamedAttrMap[string] | undefined, x: Tensor): number[] => tf.util.parseAxisParam(attribute as number | number[], x.shape);

/** The shape of x with the reduced axes kept as 1. */
const kept = (x: Tensor, axes: readonly number[]): number[] => x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));

/** Repeats the gradient of a sum over its axes. */
const spread = (dy: Tensor, x: Tensor, axis: NamedAttrMap[string] | undefined): Tensor => tf.mul(tf.reshape(dy, kept(x, axesOf(axis, x))), tf.ones(x.shape));
