import * as tf from '@tensorflow/tfjs-core';
import type { NamedAttrMap, Tensor } from '@tensorflow/tfjs-core';
import { float, register } from './register.ts';

/** Gradients of kernels that map each element x on its own: dy · f′(x). */
export function registerElementwise(): void {
  for (const [kernel, derivative] of Object.entries(DERIVATIVES)) register(kernel, ['x'], (dy, [x], attrs) => ({ x: () => tf.mul(dy, derivative(float(x!), attrs)) }));
  for (const kernel of [tf.Sign, tf.Step, tf.Ceil, tf.Floor, tf.Round, tf.IsFinite, tf.IsInf, tf.IsNan, tf.ZerosLike, tf.OnesLike]) register(kernel, [], (dy) => ({ x: () => tf.zerosLike(dy) }));
  register(tf.Neg, [], (dy) => ({ x: () => tf.neg(dy) }));
  register(tf.Identity, [], (dy) => ({ x: () => tf.clone(dy) }));
  // Rounding to whole numbers or truth values is constant almost everywhere.
  register(tf.Cast, [], (dy, _saved, { dtype }) => ({ x: () => (dtype === 'float32' ? tf.clone(dy) : tf.zerosLike(dy)) }));
}

/** 1 where a condition on x holds, else 0. */
const mask = (condition: Tensor) => tf.cast(condition, 'float32');
const inverse = (t: Tensor) => tf.div(1, t);

/** f′(x) by kernel. Nothing of f(x) is saved: where it is needed it is computed again. */
const DERIVATIVES: Readonly<Record<string, (x: Tensor, attrs: NamedAttrMap) => Tensor>> = {
  [tf.Abs]: (x) => tf.sign(x),
  [tf.Square]: (x) => tf.mul(2, x),
  [tf.Sqrt]: (x) => tf.div(0.5, tf.sqrt(x)),
  [tf.Rsqrt]: (x) => tf.div(-0.5, tf.mul(x, tf.sqrt(x))),
  [tf.Reciprocal]: (x) => tf.neg(inverse(tf.square(x))),
  [tf.Exp]: (x) => tf.exp(x),
  [tf.Expm1]: (x) => tf.exp(x),
  [tf.Log]: inverse,
  [tf.Log1p]: (x) => inverse(tf.add(1, x)),
  [tf.Erf]: (x) => tf.mul(2 / Math.sqrt(Math.PI), tf.exp(tf.neg(tf.square(x)))),
  [tf.Sin]: (x) => tf.cos(x),
  [tf.Cos]: (x) => tf.neg(tf.sin(x)),
  [tf.Tan]: (x) => inverse(tf.square(tf.cos(x))),
  [tf.Asin]: (x) => inverse(tf.sqrt(tf.sub(1, tf.square(x)))),
  [tf.Acos]: (x) => tf.neg(inverse(tf.sqrt(tf.sub(1, tf.square(x))))),
  [tf.Atan]: (x) => inverse(tf.add(1, tf.square(x))),
  [tf.Sinh]: (x) => tf.cosh(x),
  [tf.Cosh]: (x) => tf.sinh(x),
  [tf.Tanh]: (x) => tf.sub(1, tf.square(tf.tanh(x))),
  [tf.Asinh]: (x) => inverse(tf.sqrt(tf.add(tf.square(x), 1))),
  [tf.Acosh]: (x) => inverse(tf.sqrt(tf.sub(tf.square(x), 1))),
  [tf.Atanh]: (x) => inverse(tf.sub(1, tf.square(x))),
  [tf.Sigmoid]: (x) => {
    const y = tf.sigmoid(x);
    return tf.mul(y, tf.sub(1, y));
  },
  [tf.Softplus]: (x) => tf.sigmoid(x),
  [tf.Relu]: (x) => tf.step(x),
  [tf.Relu6]: (x) => tf.mul(tf.step(x), mask(tf.less(x, 6))),
  [tf.LeakyRelu]: (x, { alpha }) => tf.step(x, alpha as number),
  // exp(min(x, 0)) is 1 where x > 0, and never overflows.
  [tf.Elu]: (x) => tf.exp(tf.minimum(x, 0)),
  // selu(x) = scale · (x > 0 ? x : alpha · (exp(x) − 1)), Klambauer et al. 2017.
  [tf.Selu]: (x) => tf.mul(tf.add(SELU_SCALE, tf.mul(mask(tf.lessEqual(x, 0)), SELU_SCALE * (SELU_ALPHA - 1))), tf.exp(tf.minimum(x, 0))),
  [tf.ClipByValue]: (x, { clipValueMin, clipValueMax }) => tf.mul(mask(tf.greaterEqual(x, clipValueMin as number)), mask(tf.lessEqual(x, clipValueMax as number))),
};

const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;
