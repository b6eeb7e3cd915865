import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { ParameterSpec } from './types.ts';

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
