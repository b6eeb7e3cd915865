import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { float, register, registerList, sumTo } from './register.ts';

/** Gradients of kernels that combine tensors element by element; each is summed over the axes it was broadcast along. */
export function registerPairs(): void {
  register(tf.Add, ['a', 'b'], (dy, [a, b]) => ({ a: () => sumTo(dy, a!), b: () => sumTo(dy, b!) }));
  register(tf.Sub, ['a', 'b'], (dy, [a, b]) => ({ a: () => sumTo(dy, a!), b: () => sumTo(tf.neg(dy), b!) }));
  register(tf.Multiply, ['a', 'b'], (dy, [a, b]) => ({ a: () => sumTo(tf.mul(dy, float(b!)), a!), b: () => sumTo(tf.mul(dy, float(a!)), b!) }));
  register(tf.RealDiv, ['a', 'b'], (dy, [a, b]) => ({
    a: () => sumTo(tf.div(dy, float(b!)), a!),
    b: () => sumTo(tf.neg(tf.div(tf.mul(dy, float(a!)), tf.square(float(b!)))), b!),
  }));
  register(tf.SquaredDifference, ['a', 'b'], (dy, [a, b]) => {
    const towardsA = () => tf.mul(dy, tf.mul(2, tf.sub(float(a!), float(b!))));
    return { a: () => sumTo(towardsA(), a!), b: () => sumTo(tf.neg(towardsA()), b!) };
  });
  register(tf.Atan2, ['a', 'b'], (dy, [a, b]) => {
    const scaled = () => tf.div(dy, tf.add(tf.square(a!), tf.square(b!)));
    return { a: () => sumTo(tf.mul(scaled(), b!), a!), b: () => sumTo(tf.neg(tf.mul(scaled(), a!)), b!) };
  });
  // a − b·⌊a/b⌋, the floor being constant almost everywhere.
  register(tf.Mod, ['a', 'b'], (dy, [a, b]) => ({ a: () => sumTo(dy, a!), b: () => sumTo(tf.neg(tf.mul(dy, tf.floor(tf.div(a!, b!)))), b!) }));
  register(tf.Prelu, ['x', 'alpha'], (dy, [x, alpha]) => ({
    x: () => tf.mul(dy, tf.add(tf.step(x!), tf.mul(alpha!, tf.sub(1, tf.step(x!))))),
    alpha: () => sumTo(tf.mul(dy, tf.minimum(x!, 0)), alpha!),
  }));
  register(tf.Select, ['condition'], (dy, [condition]) => ({
    condition: () => tf.zerosLike(dy),
    t: () => tf.mul(dy, float(condition!)),
    e: () => tf.mul(dy, float(tf.logicalNot(condition!))),
  }));
  registerList(tf.AddN, (dy, saved) => saved.map(() => () => tf.clone(dy)));
  registerExtremes();
  registerPower();
  for (const kernel of [tf.Equal, tf.NotEqual, tf.Greater, tf.GreaterEqual, tf.Less, tf.LessEqual, tf.LogicalAnd, tf.LogicalOr, tf.FloorDiv]) {
    register(kernel, ['a', 'b'], (_dy, [a, b]) => ({ a: () => tf.zeros(a!.shape), b: () => tf.zeros(b!.shape) }));
  }
  register(tf.LogicalNot, [], (dy) => ({ x: () => tf.zerosLike(dy) }));
}

/** The greater or lesser of two: where they are equal, each gets half, as in PyTorch. */
function registerExtremes(): void {
  const extreme = (kernel: string, wins: typeof tf.greater) =>
    register(kernel, ['a', 'b'], (dy, [a, b]) => {
      const share = (mine: Tensor, other: Tensor) => () => sumTo(tf.mul(dy, tf.add(float(wins(mine, other)), tf.mul(0.5, float(tf.equal(mine, other))))), mine);
      return { a: share(a!, b!), b: share(b!, a!) };
    });
  extreme(tf.Maximum, tf.greater);
  extreme(tf.Minimum, tf.less);
}

/** aᵇ; zeros in the base or the exponent give no NaN in any order. */
function registerPower(): void {
  register(tf.Pow, ['a', 'b'], (dy, [a, b]) => ({
    a: () => {
      // b·a^(b−1) is 0 for b = 0, even at a = 0: there the power is taken of an exponent moved to 1.
      const exponent = tf.add(b!, float(tf.equal(b!, 0)));
      return sumTo(tf.mul(dy, tf.mul(b!, tf.pow(a!, tf.sub(exponent, 1)))), a!);
    },
    b: () => {
      // aᵇ·log a, and 0 where the logarithm does not exist: there it is taken of a base moved to 1.
      const positive = float(tf.greater(a!, 0));
      const logarithm = tf.log(tf.add(tf.mul(a!, positive), tf.sub(1, positive)));
      return sumTo(tf.mul(dy, tf.mul(tf.pow(a!, b!), logarithm)), b!);
    },
  }));
}
