import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { ParameterSpec, Shape, Tensors } from './types.ts';

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** State of a training run on an engine: each parameter with Adam's two moments. */
export function trainingState(specs: readonly ParameterSpec[]): Record<string, Shape> {
  return Object.fromEntries(specs.flatMap(({ name, shape }) => [name, `adam.m.${name}`, `adam.v.${name}`].map((key) => [key, shape])));
}

/** Inputs of a step that calls `adam`: both scalars depend on the iteration and are made outside. */
export const ADAM_INPUTS: Readonly<Record<string, Shape>> = { 'adam.rate': [], 'adam.root': [] };

/**
 * Adam's bias corrections (Kingma & Ba 2015, as PyTorch applies them): the rate divided by 1 − β₁ᵗ, and 1/√(1 − β₂ᵗ).
 *
 * @param iteration t, counted from 1
 */
export function adamFeeds(learningRate: number, iteration: number): Record<string, Float32Array> {
  return {
    'adam.rate': Float32Array.of(learningRate / (1 - BETA1 ** iteration)),
    'adam.root': Float32Array.of(1 / Math.sqrt(1 - BETA2 ** iteration)),
  };
}

/**
 * One Adam update of every parameter that has a gradient: p ← p − rate · m / (√v · root + ε).
 *
 * @param tensors parameters, moments and ADAM_INPUTS by name
 * @returns new values under the same state names
 */
export function adam(tensors: Tensors, gradients: Tensors): Tensors {
  const next: Tensors = {};
  for (const [name, gradient] of Object.entries(gradients)) {
    const m = tf.add(tf.mul(tensors[`adam.m.${name}`]!, BETA1), tf.mul(gradient, 1 - BETA1));
    const v = tf.add(tf.mul(tensors[`adam.v.${name}`]!, BETA2), tf.mul(tf.square(gradient), 1 - BETA2));
    const denominator = tf.add(tf.mul(tf.sqrt(v), tensors['adam.root']!), EPSILON);
    next[name] = tf.sub(tensors[name]!, tf.mul(tensors['adam.rate']!, tf.div(m, denominator)));
    next[`adam.m.${name}`] = m;
    next[`adam.v.${name}`] = v;
  }
  return next;
}

/** Global L2 norm of all gradients, a scalar. */
export function globalNorm(gradients: Tensors): Tensor {
  return tf.sqrt(tf.addN(Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient)))));
}

/** Gradients scaled so that their global norm is at most `limit` (as torch.nn.utils.clip_grad_norm_); 0 = unchanged. */
export function clip(gradients: Tensors, norm: Tensor, limit: number): Tensors {
  if (limit === 0) return gradients;
  const scale = tf.minimum(tf.div(limit, tf.add(norm, 1e-6)), 1);
  return Object.fromEntries(Object.entries(gradients).map(([name, gradient]) => [name, tf.mul(gradient, scale)]));
}
