import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { isGraph, type RunConfig } from '../contract/config.ts';
import { decode, decoderSpecs } from './graph/decoder.ts';
import { edgeInputs, edgeSpecs, gine, gineSpecs, globalMax, graphOf, layerWeights, nodesOf, UNITS } from './graph/gine.ts';
import { linear, linearSpecs, splitFirst, squaredError } from './layers.ts';
import type { Tensors, Widths } from './types.ts';
import { unrolledMethod, type UnrolledWalk } from './unrolled.ts';

/*
 * PonderNet (Banino, Balaguer, Blundell 2021), the paper's "programmatic" baseline: [y, x] → h → h with ReLU, one head for the next
 * answer and one for the chance λ_n = σ(logit) to halt at step n, having come so far.
 *
 *     p_n = λ_n Π_{j<n} (1 − λ_j), the last step taking what is left        L = Σ_n p_n L_n + β KL(p ‖ Geometric(1/N) on 1 … N)
 *
 * The release leaves out the weights p_n: L = mean_n L_n + β KL(q ‖ Geometric(1/N)) with q = p without the remainder, divided by its sum, and a
 * Geometric that is not (`ponder_loss` = release). On graphs the state of the nodes is fed back through a second GINE layer, not the answer; the
 * release has no halting head there, so its variant is the mean of all L_n.
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

/** Each row's share of a mean over all numbers, times the rows: 1 but for graphs, whose edges count alike. */
const rowShares = (real: Tensor | undefined): Tensor | number => (real ? tf.reshape(tf.div(tf.sum(real, 1), tf.mean(tf.sum(real, 1))), [-1, 1]) : 1);

/** L_n [rows, 1]: mean squared error of the nth answer, weighted by the row's share. */
const stepErrors = ({ answers }: UnrolledWalk, target: Tensor, real: Tensor | undefined): Tensor[] =>
  answers.slice(1).map((answer) => tf.mul(tf.expandDims(squaredError(tf.sub(answer, target), real).errors, 1), rowShares(real)));

function ponderLoss(walk: UnrolledWalk, target: Tensor, real: Tensor | undefined, { ponder_beta: beta }: RunConfig): Tensor {
  const logP = logHalting(walk.logits, true);
  const expected = add(stepErrors(walk, target, real).map((error, n) => tf.mean(tf.mul(tf.exp(logP[n]!), error))));
  return tf.add(expected, tf.mul(beta, divergence(logP, true)));
}

function releaseLoss(walk: UnrolledWalk, target: Tensor, real: Tensor | undefined, { ponder_beta: beta }: RunConfig): Tensor {
  const errors = stepErrors(walk, target, real);
  const mean = tf.div(add(errors.map((error) => tf.mean(error))), errors.length);
  if (walk.logits.length === 0) return mean;
  const logP = logHalting(walk.logits, false);
  const logSum = tf.log(add(logP.map((log) => tf.exp(log))));
  return tf.add(mean, tf.mul(beta, divergence(logP.map((log) => tf.sub(log, logSum)), false)));
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
    return { edges, 'graph.nodes': problems['graph.nodes']!, nodes: gine(p, 'conv1', undefined, edges, layerWeights(p, ['conv1'], 'x')['weights.conv1']!, nodesOf(widths)) };
  },
  update(p: Tensors, at: Tensors): Tensors {
    const n = nodesOf({ y: at['y']!.shape[1]! });
    const weights = layerWeights(p, ['conv2', 'conv3'], 'x');
    const nodes = tf.relu(gine(p, 'conv2', at['nodes'], at['edges']!, weights['weights.conv2']!, n));
    const h = gine(p, 'conv3', nodes, at['edges']!, weights['weights.conv3']!, n);
    const logit = p['decode_logit.weight'] ? { logit: linear(globalMax(h, at), p['decode_logit.weight'], p['decode_logit.bias']!) } : {};
    return { nodes, y: decode(p, h, at['edges']!, 'x', n), ...logit };
  },
};

export const ponder = unrolledMethod({
  name: 'ponder',
  halts: true,
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
