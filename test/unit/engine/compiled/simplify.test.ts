import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodesOf } from '../../../../src-main/engine/compiled/graph.ts';
import { trace } from '../../../../src-main/engine/compiled/trace.ts';
import type { Step } from '../../../../src-main/methods/types.ts';
import { enginePair, once, prepareStep, relativeError, uniform } from '../support.ts';

const step = (run: (a: Tensor, row: Tensor) => Tensor): Step => ({ name: 'expression', inputs: { a: [3, 3], row: [1, 3] }, state: {}, run: ({ a, row }) => ({ out: run(a!, row!) }) });
const kernels = (run: (a: Tensor, row: Tensor) => Tensor): string[] => nodesOf(trace([once(step(run))]).graph).map(({ kernel }) => kernel);

describe('simplification', () => {
  it.each<[string, (a: Tensor, row: Tensor) => Tensor, string[]]>([
    ['x·1 + 0', (a) => tf.add(tf.mul(a, tf.onesLike(a)), 0), []],
    ['a product with −1 is a negation, and adding it a subtraction', (a) => tf.add(a, tf.mul(a, -1)), ['Sub']],
    ['equal work is done once', (a) => tf.mul(tf.tanh(a), tf.tanh(a)), ['Tanh', 'Multiply']],
    ['a product with ones is a sum', (a) => tf.matMul(tf.ones([1, 3]), a), ['Sum', 'Reshape']],
    ['what autodiff zeroes is not computed', (a, row) => tf.add(a, tf.matMul(tf.zeros([3, 1]), row as Tensor2D)), []],
    ['reshapes collapse', (a) => tf.reshape(tf.reshape(a, [9]), [3, 3]), []],
    ['a broadcast vanishes into the op that broadcasts anyway', (a, row) => tf.add(tf.mul(row, tf.ones([3, 3])), a), ['Add']],
    ['what nobody asks for is left out', (a) => [tf.exp(a), tf.sin(a)][1]!, ['Sin']],
  ])('%s', (_, run, expected) => expect(kernels(run)).toEqual(expected));

  describe('keeps the meaning', () => {
    const engines = enginePair();

    type Build = (a: Tensor, row: Tensor) => Tensor;
    const constants = fc.tuple(fc.constantFrom(0, 1, -1, 2, -0.5), fc.constantFrom<number[]>([], [1, 3], [3, 1], [3, 3]));
    /** Expressions of shape [3, 3] in which rules have much to find: constants 0, 1, −1, broadcasts, transposed products. */
    const { expression } = fc.letrec<{ expression: Build }>((tie) => ({
      expression: fc.oneof(
        { maxDepth: 5, depthSize: 'large' },
        fc.constant<Build>((a) => a),
        constants.map<Build>(([value, shape]) => (a) => tf.add(tf.mul(a, 0), tf.fill(shape, value))),
        fc.tuple(fc.constantFrom(tf.add, tf.sub, tf.mul, tf.maximum, tf.squaredDifference), tie('expression'), tie('expression')).map<Build>(([op, l, r]) => (a, row) => op(l(a, row), r(a, row))),
        fc.tuple(fc.constantFrom(tf.add, tf.sub, tf.mul), tie('expression'), constants, fc.boolean()).map<Build>(([op, l, [value, shape], first]) => (a, row) => (first ? op(tf.fill(shape, value), l(a, row)) : op(l(a, row), tf.fill(shape, value)))),
        fc.tuple(tie('expression'), constants).map<Build>(([l, [value, shape]]) => (a, row) => tf.div(l(a, row), tf.fill(shape, value === 0 ? 3 : value))),
        fc.tuple(tie('expression'), fc.constantFrom(tf.neg, tf.square, tf.tanh, (t: Tensor) => tf.transpose(t), (t: Tensor) => tf.reshape(tf.reshape(t, [9, 1]), [3, 3]))).map<Build>(([l, op]) => (a, row) => op(l(a, row))),
        fc.tuple(tie('expression'), tie('expression'), fc.boolean(), fc.boolean()).map<Build>(([l, r, ta, tb]) => (a, row) => tf.matMul(tf.tanh(l(a, row)), tf.tanh(r(a, row)), ta, tb)),
        fc.tuple(tie('expression'), fc.constantFrom(0, 1, -0.5), fc.boolean(), fc.boolean()).map<Build>(([l, value, side, t]) => (a, row) => (side ? tf.matMul(tf.fill([3, 3], value), l(a, row), false, t) : tf.matMul(l(a, row), tf.fill([3, 3], value), t, false))),
        fc.tuple(tie('expression'), fc.constantFrom(0, 1)).map<Build>(([l, axis]) => (a, row) => tf.mul(tf.mean(l(a, row), axis, true), tf.ones([3, 3]))),
        tie('expression').map<Build>((l) => (a, row) => tf.add(l(a, row), row)),
      ),
    }));

    it('of random expressions and of their gradients', async () => {
      const feeds = { a: uniform(11, 9), row: uniform(12, 3) };
      await fc.assert(
        fc.asyncProperty(expression, async (build) => {
          for (const run of [build, (a: Tensor, row: Tensor) => tf.grad((x) => tf.sum(tf.square(tf.add(build(x, row), x))))(a)]) {
            const [ours, theirs] = [await prepareStep(engines.compiled, step(run)), await prepareStep(engines.eager, step(run))];
            const [left, right] = [(await ours.run(feeds))['out']!, (await theirs.run(feeds))['out']!];
            const scale = Math.max(1, ...right.map(Math.abs));
            expect(relativeError(left.map((v) => v / scale), right.map((v) => v / scale))).toBeLessThan(1e-4);
            await ours.dispose();
          }
        }),
        { numRuns: 150, seed: 7 },
      );
    });
  });
});
