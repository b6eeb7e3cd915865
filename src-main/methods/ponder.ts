import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { RunConfig } from '../contract/config.ts';
import { linear, linearSpecs, rowMeanSquare, splitFirst } from './layers.ts';
import { unrolledMethod, type UnrolledWalk } from './unrolled.ts';

/*
 * PonderNet (Banino, Balaguer, Blundell 2021), the paper's "programmatic" baseline: [y, x] → h → h with ReLU, one head for the next
 * answer and one for the chance λ_n = σ(logit) to halt at step n, having come so far.
 *
 *     p_n = λ_n Π_{j<n} (1 − λ_j), the last step taking what is left        L = Σ_n p_n L_n + β KL(p ‖ Geometric(1/N) on 1 … N)
 *
 * The release leaves out the weights p_n: L = mean_n L_n + β KL(q ‖ Geometric(1/N)) with q = p without the remainder, divided by its sum, and a
 * Geometric that is not (`ponder_loss` = release).
 */

const add = (tensors: readonly Tensor[]): Tensor => tf.addN([...tensors]);

/** log p_n [rows, 1] for n = 1 … N from logits: log λ = −softplus(−logit), log(1 − λ) = −softplus(logit). */
function logHalting(logits: readonly Tensor[], remainder: boolean): Tensor[] {
  return logits.map((logit, n) => {
    const stayed = logits.slice(0, n).map((earlier) => tf.neg(tf.softplus(earlier)));
    const halted = remainder && n === logits.length - 1 ? tf.mul(logit, 0) : tf.neg(tf.softplus(tf.neg(logit)));
    return add([halted, ...stayed]);
  });
}

/** Mean over rows of KL(p ‖ prior), prior_n ∝ (1 − 1/N)^(n−1) / N. */
function divergence(logP: readonly Tensor[], normalised: boolean): Tensor {
  const steps = logP.length;
  const prior = logP.map((_, n) => (1 - 1 / steps) ** n / steps);
  const total = normalised ? prior.reduce((a, b) => a + b) : 1;
  return add(logP.map((log, n) => tf.mean(tf.mul(tf.exp(log), tf.sub(log, Math.log(prior[n]! / total + 1e-10))))));
}

/** L_n [rows, 1]: mean squared error of the nth answer. */
const stepErrors = ({ answers }: UnrolledWalk, target: Tensor): Tensor[] => answers.slice(1).map((answer) => tf.expandDims(rowMeanSquare(tf.sub(answer, target)), 1));

function ponderLoss(walk: UnrolledWalk, target: Tensor, { ponder_beta: beta }: RunConfig): Tensor {
  const logP = logHalting(walk.logits, true);
  const expected = add(stepErrors(walk, target).map((error, n) => tf.mean(tf.mul(tf.exp(logP[n]!), error))));
  return tf.add(expected, tf.mul(beta, divergence(logP, true)));
}

function releaseLoss(walk: UnrolledWalk, target: Tensor, { ponder_beta: beta }: RunConfig): Tensor {
  const logP = logHalting(walk.logits, false);
  const logSum = tf.log(add(logP.map((log) => tf.exp(log))));
  const mean = tf.div(add(stepErrors(walk, target).map((error) => tf.mean(error))), logP.length);
  return tf.add(mean, tf.mul(beta, divergence(logP.map((log) => tf.sub(log, logSum)), false)));
}

export const ponder = unrolledMethod({
  name: 'ponder',
  halts: true,
  parameters: ({ hidden }, widths) => [
    ...linearSpecs('fc1', widths.x + widths.y, hidden),
    ...linearSpecs('fc2', hidden, hidden),
    ...linearSpecs('decode_logit', hidden, 1),
    ...linearSpecs('fc4_decode', hidden, widths.y),
  ],
  prepare: (p, x, widths) => splitFirst(p, x, widths),
  preparedWidths: ({ hidden }) => ({ condition: hidden }),
  update(p, at) {
    const first = tf.relu(linear(at['y']!, tf.slice(p['fc1.weight']!, [0, 0], [-1, at['y']!.shape[1]!]), at['condition']!));
    const h = tf.relu(linear(first, p['fc2.weight']!, p['fc2.bias']!));
    return { y: linear(h, p['fc4_decode.weight']!, p['fc4_decode.bias']!), logit: linear(h, p['decode_logit.weight']!, p['decode_logit.bias']!) };
  },
  objective: (p, { target }, walk, config) => (config.ponder_loss === 'release' ? releaseLoss : ponderLoss)(walk(p), target!, config),
});
