import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { isGraph, type RunConfig } from '../contract/config.ts';
import { decode, decoderSpecs } from './graph/decoder.ts';
import { edgeInputs, edgeSpecs, gine, gineSpecs, globalMax, graphOf, nodesOf, UNITS } from './graph/gine.ts';
import { linear, linearSpecs, splitFirst, squaredError } from './layers.ts';
import type { Tensors, Widths } from './types.ts';
import { unrolledMethod, type UnrolledWalk } from './unrolled.ts';

/*
 * PonderNet (Banino, Balaguer, Blundell 2021), the paper's "programmatic" baseline: [y, x] → h → h with ReLU, one head for the next
 * answer and one for the chance λ_n = σ(logit) to halt at step n, having come so far.
 *
 *     p_n = λ_n Π_{j<n} (1 − λ_j), the last step taking what is left        L = mean over rows of Σ_n p_n L_n + β KL(p ‖ g)
 *
 * with g the geometric distribution of mean N, cut after N steps. The release (`ponder_loss` = release) weighs all steps alike, lets the
 * last step take nothing and divides p by its sum q instead, does not cut g, and adds the divergences of the rows up, not averaged:
 *
 *     L = mean over rows and n of L_n + β Σ over rows of KL(q ‖ g),  g_n = (1 − 1/N)^(n−1) / N
 *
 * On graphs the state of the nodes is fed back through a second GINE layer, not the answer; the release has no halting head there, so its
 * variant is the mean of all L_n.
 */

/** log p_n [rows, N] from N logits [rows, 1]: log λ = −softplus(−logit), log(1 − λ) = −softplus(logit). */
function logHalting(logits: readonly Tensor[], remainder: boolean): Tensor {
  // A zero that depends on the logit: with one step, it still has a gradient.
  let stayed = tf.mul(logits[0]!, 0);
  const parts = logits.map((logit, n) => {
    const before = stayed;
    stayed = tf.sub(stayed, tf.softplus(logit));
    return remainder && n === logits.length - 1 ? before : tf.sub(before, tf.softplus(tf.neg(logit)));
  });
  return tf.concat(parts, 1);
}

/** KL of each row [rows] of a distribution over steps, given by its logarithm [rows, steps], from Geometric(1/N). */
function divergence(logP: Tensor, { steps }: RunConfig, prior: { cut: boolean }): Tensor {
  const weights = Array.from({ length: logP.shape[1]! }, (_, n) => (1 - 1 / steps) ** n / steps);
  const total = prior.cut ? weights.reduce((a, b) => a + b) : 1;
  const logPrior = tf.tensor1d(weights.map((weight) => Math.log(weight / total)));
  return tf.sum(tf.mul(tf.exp(logP), tf.sub(logP, logPrior)), 1);
}

/** Each row's share of a mean over all numbers, times the rows: 1 but for graphs, whose edges count alike. */
const rowShares = (real: Tensor | undefined): Tensor | number => (real ? tf.reshape(tf.div(tf.sum(real, 1), tf.mean(tf.sum(real, 1))), [-1, 1]) : 1);

/** L_n [rows, N]: mean squared error of the nth answer, weighted by the row's share. */
const stepErrors = ({ answers }: UnrolledWalk, target: Tensor, real: Tensor | undefined): Tensor =>
  tf.mul(tf.stack(answers.slice(1).map((answer) => squaredError(tf.sub(answer, target), real).errors), 1), rowShares(real));

function ponderLoss(walk: UnrolledWalk, target: Tensor, real: Tensor | undefined, config: RunConfig): Tensor {
  const logP = logHalting(walk.logits, true);
  const expected = tf.sum(tf.mul(tf.exp(logP), stepErrors(walk, target, real)), 1);
  return tf.mean(tf.add(expected, tf.mul(config.ponder_beta, divergence(logP, config, { cut: true }))));
}

function releaseLoss(walk: UnrolledWalk, target: Tensor, real: Tensor | undefined, config: RunConfig): Tensor {
  const mean = tf.mean(stepErrors(walk, target, real));
  if (walk.logits.length === 0) return mean;
  const logP = logHalting(walk.logits, false);
  const logQ = tf.sub(logP, tf.logSumExp(logP, 1, true));
  // `F.kl_div(…, 'batchmean')` divides by the rows of its first argument, and that is the prior: one.
  return tf.add(mean, tf.mul(config.ponder_beta, tf.sum(divergence(logQ, config, { cut: false }))));
}

const flat = {
  parameters: (hidden: number, widths: Widths) => [...linearSpecs('fc1', widths.x + widths.y, hidden), ...linearSpecs('fc2', hidden, hidden), ...linearSpecs('decode_logit', hidden, 1), ...linearSpecs('fc4_decode', hidden, widths.y)],
  update(p: Tensors, at: Tensors): Tensors {
    const first = tf.relu(linear(at['y']!, tf.slice(p['fc1.weight']!, [0, 0], [-1, at['y']!.shape[1]!]), at['condition']!));
    const h = tf.relu(linear(first, p['fc2.weight']!, p['fc2.bias']!));
    return { y: linear(h, p['fc4_decode.weight']!, p['fc4_decode.bias']!), logit: linear(h, p['decode_logit.weight']!, p['decode_logit.bias']!) };
  },
};

/** As released, where `ponder_loss` = release; else with a halting head on the maximum over nodes. */
const graph = {
  parameters: (config: RunConfig) => [
    ...edgeSpecs('x'),
    ...gineSpecs('conv1', 1),
    ...gineSpecs('conv2', UNITS),
    ...gineSpecs('conv3', UNITS),
    ...decoderSpecs(config),
    ...(config.ponder_loss === 'release' ? [] : linearSpecs('decode_logit', UNITS, 1)),
  ],
  prepare(p: Tensors, x: Tensor, widths: Widths): Tensors {
    const problems = graphOf(x, widths);
    const edges = edgeInputs(problems);
    return { edges, 'graph.nodes': problems['graph.nodes']!, nodes: gine(p, 'conv1', undefined, edges, 'x', nodesOf(widths)) };
  },
  update(p: Tensors, at: Tensors): Tensors {
    const n = nodesOf({ y: at['y']!.shape[1]! });
    const nodes = tf.relu(gine(p, 'conv2', at['nodes'], at['edges']!, 'x', n));
    const h = gine(p, 'conv3', nodes, at['edges']!, 'x', n);
    const logit = p['decode_logit.weight'] ? { logit: linear(globalMax(h, at), p['decode_logit.weight'], p['decode_logit.bias']!) } : {};
    return { nodes, y: decode(p, h, at['edges']!, 'x', n), ...logit };
  },
};

export const ponder = unrolledMethod({
  name: 'ponder',
  halts: true,
  unused: ['fc3', 'fc4', 'fc_map', 'scale_parameter'],
  parameters: (config, widths) => (isGraph(config.task) ? graph.parameters(config) : flat.parameters(config.hidden, widths)),
  prepare: (p, x, config, widths) => (isGraph(config.task) ? graph.prepare(p, x, widths) : splitFirst(p, x, widths)),
  preparedShapes(config, widths, rows) {
    if (!isGraph(config.task)) return { condition: [rows, config.hidden] };
    const n = nodesOf(widths);
    return { edges: [rows * widths.y, 3], 'graph.nodes': [rows, n, 1], nodes: [rows, n, UNITS] };
  },
  update: (p, at, config) => (isGraph(config.task) ? graph.update(p, at) : flat.update(p, at)),
  objective: (p, { target }, walk, config, real) => (config.ponder_loss === 'release' ? releaseLoss : ponderLoss)(walk(p), target!, real, config),
});
