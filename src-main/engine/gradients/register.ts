import * as tf from '@tensorflow/tfjs-core';
import type { GradConfig, NamedAttrMap, Tensor } from '@tensorflow/tfjs-core';
import { BasinError } from '../../contract/errors.ts';

/** From the gradient of a kernel's output and the saved inputs to the gradient of each input, by name. */
export type Derivative = (dy: Tensor, saved: Tensor[], attrs: NamedAttrMap) => Record<string, () => Tensor>;

/**
 * Registers the gradient of a kernel with one output. Only inputs may be saved: an output's saved clone enters the tape
 * before the kernel that makes it, so that a second differentiation would silently lose the dependency.
 *
 * @param inputs names of the inputs to save, in the order in which the derivative gets them
 */
export function register(kernelName: string, inputs: readonly string[], derivative: Derivative): void {
  tf.registerGradient({ kernelName, inputsToSave: [...inputs], gradFunc: derivative as GradConfig['gradFunc'] });
}

/** A kernel whose inputs are a list (concat, stack, addN); the derivative returns one gradient for each. */
export function registerList(kernelName: string, derivative: (dy: Tensor, saved: Tensor[], attrs: NamedAttrMap) => (() => Tensor)[]): void {
  tf.registerGradient({ kernelName, saveAllInputs: true, gradFunc: (dy, saved, attrs) => Object.fromEntries(derivative(dy as Tensor, saved, attrs).entries()) });
}

/** A kernel with a list of outputs (split, unstack) and the input `name`. */
export function registerOutputs(kernelName: string, name: string, derivative: (dys: Tensor[], attrs: NamedAttrMap) => Tensor): void {
  tf.registerGradient({ kernelName, gradFunc: (dy, _saved, attrs) => ({ [name]: () => derivative(Array.isArray(dy) ? dy : [dy], attrs) }) });
}

/** The tensor as float32: gradients always are. */
export const float = (t: Tensor): Tensor => (t.dtype === 'float32' ? t : tf.cast(t, 'float32'));

/**
 * Sums a gradient over the axes along which `like` was broadcast. Always a tensor of its own: where a gradient arrives
 * from two sides, tfjs disposes the first after adding them, and dy may not be lost with it.
 */
export function sumTo(gradient: Tensor, like: Tensor): Tensor {
  const axes = tf.broadcast_util.getReductionAxes(like.shape, gradient.shape);
  return axes.length > 0 ? tf.reshape(tf.sum(gradient, axes), like.shape) : tf.clone(gradient);
}

/**
 * Fails with the name of what cannot be differentiated.
 *
 * @throws BasinError `engine.gradient`, always
 */
export function refuse(what: string): never {
  throw new BasinError('engine.gradient', `${what} cannot be differentiated: no right gradient is known for it. Write the step with other operations`, { kind: 'bug', details: { kernel: what } });
}
