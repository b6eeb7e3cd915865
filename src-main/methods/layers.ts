import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { Arrays, ParameterSpec, Tensors, Widths } from './types.ts';

/** A linear layer's parameters in PyTorch's layout and default initialisation: both U(±1/√fan_in). */
export function linearSpecs(name: string, fanIn: number, fanOut: number): ParameterSpec[] {
  const bound = 1 / Math.sqrt(fanIn);
  return [
    { name: `${name}.weight`, shape: [fanOut, fanIn], bound },
    { name: `${name}.bias`, shape: [fanOut], bound },
  ];
}

/** h·Wᵀ + b for h [rows, in], W [out, in] and b [out] or [rows, out]. */
export function linear(h: Tensor, weight: Tensor, bias: Tensor): Tensor {
  return tf.add(tf.matMul(h as Tensor2D, weight as Tensor2D, false, true), bias);
}

/**
 * swish(z) = z·σ(z) (Ramachandran et al. 2017), with its derivative written out: σ + s·(1 − σ) where s = swish(z). That
 * is two element-wise passes fewer than the product rule gives, in each layer of each reasoning step.
 */
export function swish(z: Tensor): Tensor {
  const op = tf.customGrad((input, save) => {
    const x = input as Tensor;
    (save as (tensors: Tensor[]) => void)([x]);
    return {
      value: tf.mul(x, tf.sigmoid(x)),
      // Recomputed from the input so that the gradient can itself be differentiated; the compiled engine merges it with the forward pass.
      gradFunc: (dy, saved) => {
        const x = (saved)[0]!;
        const sigma = tf.sigmoid(x);
        const s = tf.mul(x, sigma);
        return tf.mul(dy, tf.add(sigma, tf.mul(s, tf.sub(1, sigma))));
      },
    };
  });
  return op(z);
}

/**
 * Mean squares of a difference [rows, width]: of each row, and over everything.
 *
 * @param real 1 where a number is part of the problem, 0 where it is padding (and the difference 0) [rows, width]; absent where all are
 * @returns `errors` [rows], `mean`, and `weight`: the mean's gradient is the difference times it
 */
export function squaredError(difference: Tensor, real?: Tensor): { errors: Tensor; mean: Tensor; weight: Tensor | number } {
  const squares = tf.square(difference);
  if (!real) return { errors: tf.mean(squares, 1), mean: tf.mean(squares), weight: 2 / difference.size };
  const count = tf.sum(real, 1);
  const total = tf.sum(count);
  return { errors: tf.div(tf.sum(squares, 1), count), mean: tf.div(tf.sum(squares), total), weight: tf.div(2, total) };
}

/** The problem's part of a first layer fc1 that sees [y, x]: `condition` = x·fc1_xᵀ + b [rows, hidden], the same at every update of y. */
export function splitFirst(p: Tensors, x: Tensor, widths: Widths): Tensors {
  const forX = tf.slice(p['fc1.weight']!, [0, widths.y], [-1, widths.x]);
  return { condition: linear(x, forX, p['fc1.bias']!) };
}

/** The outputs of a repeated stage followed by those of the stage after it. */
export function joined(repeated: Float32Array | undefined, last: Float32Array): Float32Array {
  const all = new Float32Array((repeated?.length ?? 0) + last.length);
  if (repeated) all.set(repeated);
  all.set(last, all.length - last.length);
  return all;
}

/** Tensors by name, from two lists in the same order. */
export const named = (names: readonly string[], values: readonly Tensor[]): Tensors => Object.fromEntries(names.map((name, i) => [name, values[i]!]));

/** Those arrays whose name begins with the prefix, without it. */
export const withoutPrefix = (arrays: Arrays, prefix: string): Record<string, Float32Array> =>
  Object.fromEntries(Object.entries(arrays).flatMap(([name, values]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), values]] : [])));
