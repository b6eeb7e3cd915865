import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { isGraph, type RunConfig } from '../contract/config.ts';
import { BasinError } from '../contract/errors.ts';
import { decode, decoderSpecs } from './graph/decoder.ts';
import { edgeInputs, edgeSpecs, gineSpecs, graphOf, graphShapes, nodesOf, threeLayers, UNITS } from './graph/gine.ts';
import { linear, linearSpecs, squaredError, swish } from './layers.ts';
import type { Arrays, Batch, Tensors, Widths } from './types.ts';
import { unrolledMethod } from './unrolled.ts';

/*
 * The iterative feedforward baseline of the paper: y ← y + f([x, y]) from U(−1, 1), f a network like the energy's but as wide as the
 * answer at its end, and with the problem before the answer, as in the release.
 *
 * Iterative denoising: an answer y is mixed with noise ε ~ U(−1, 1) at a level t of 1 … N, and one update learns to bring it one level down:
 *
 *     y_t = √α_t y + √(1 − α_t) ε,  α_t = 1 − t/N        L = mean (y_t + f([x, y_t]) − y_{t−1})²
 *
 * so that N updates lead from noise to the answer. A replayed row starts at its stored answer and its update aims at the exact one.
 * `iterative_loss` = unrolled is the release's: the mean squared error of y^N, differentiated through all N updates.
 */

/** The problem's part of the first layer, the same at every update: `condition` = x·fc1_xᵀ + b [rows, hidden]. */
const flatPrepare = (p: Tensors, x: Tensor): Tensors => ({ condition: linear(x, tf.slice(p['fc1.weight']!, [0, 0], [-1, x.shape[1]!]), p['fc1.bias']!) });

function flatUpdate(p: Tensors, at: Tensors): Tensors {
  const y = at['y']!;
  const weight = p['fc1.weight']!;
  let h = swish(linear(y, tf.slice(weight, [0, weight.shape[1]! - y.shape[1]!], [-1, y.shape[1]!]), at['condition']!));
  let layer = 2;
  for (; p[`fc${layer + 1}.weight`]; layer++) h = swish(linear(h, p[`fc${layer}.weight`]!, p[`fc${layer}.bias`]!));
  return { y: tf.add(y, linear(h, p[`fc${layer}.weight`]!, p[`fc${layer}.bias`]!)) };
}

/** On graphs, as the release has it: the energy's layers, and a decoder of edges in place of the maximum. */
function graphUpdate(p: Tensors, at: Tensors): Tensors {
  const y = at['y']!;
  const n = nodesOf({ y: y.shape[1]! });
  const edges = edgeInputs(at, y);
  return { y: tf.add(y, decode(p, threeLayers(p, edges, 'xy', n), edges, 'xy', n)) };
}

const update = (p: Tensors, at: Tensors, config: RunConfig): Tensors => (isGraph(config.task) ? graphUpdate : flatUpdate)(p, at);
const prepare = (p: Tensors, x: Tensor, config: RunConfig, widths: Widths): Tensors => (isGraph(config.task) ? graphOf(x, widths) : flatPrepare(p, x));

/** Shares of answer and noise at the level before and after the update: [rows, 1] each. */
const SHARES = ['answer.before', 'noise.before', 'answer.after', 'noise.after'] as const;

/** @throws BasinError `batch.levels` (a bug) where the batch has none: whoever made it did not ask `usesLevels` */
function sharesOf({ levels }: Batch, { steps }: RunConfig, rows: number): Arrays {
  if (!levels) throw new BasinError('batch.levels', 'Iterative denoising needs a level for each row', { kind: 'bug' });
  const shares = Object.fromEntries(SHARES.map((name) => [name, new Float32Array(rows)])) as Record<(typeof SHARES)[number], Float32Array>;
  for (let row = 0; row < rows; row++) {
    const replayed = levels[row]! < 0;
    const t = replayed ? steps : Math.min(steps, 1 + Math.floor(levels[row]! * steps));
    const before = 1 - t / steps;
    const after = replayed ? 1 : 1 - (t - 1) / steps;
    shares['answer.before'][row] = Math.sqrt(before);
    shares['noise.before'][row] = Math.sqrt(1 - before);
    shares['answer.after'][row] = Math.sqrt(after);
    shares['noise.after'][row] = Math.sqrt(1 - after);
  }
  return shares;
}

const isDenoising = ({ iterative_loss }: RunConfig): boolean => iterative_loss === 'denoising';

export const iterativeFeedforward = unrolledMethod({
  name: 'iterative-feedforward',
  parameters(config, widths) {
    if (isGraph(config.task)) return [...edgeSpecs('xy'), ...gineSpecs('conv1', 1), ...gineSpecs('conv2', UNITS), ...gineSpecs('conv3', UNITS), ...decoderSpecs(config)];
    const sizes = [widths.y + widths.x, ...Array<number>(config.depth).fill(config.hidden), widths.y];
    return sizes.slice(1).flatMap((out, i) => linearSpecs(`fc${i + 1}`, sizes[i]!, out));
  },
  prepare,
  preparedShapes: (config, widths, rows) => (isGraph(config.task) ? graphShapes(widths, rows) : { condition: [rows, config.hidden] }),
  update,
  objective(p, fed, walk, config, real) {
    const { x, y0, target } = fed;
    if (!isDenoising(config)) return squaredError(tf.sub(walk(p).answers.at(-1)!, target!), real).mean;
    const noise = real ? tf.mul(y0!, real) : y0!;
    const mixed = (ofAnswer: string, ofNoise: string) => tf.add(tf.mul(target!, fed[ofAnswer]!), tf.mul(noise, fed[ofNoise]!));
    const y = mixed('answer.before', 'noise.before');
    const found = update(p, { ...prepare(p, x!, config, { x: x!.shape[1]!, y: y.shape[1]! }), y }, config)['y']!;
    return squaredError(tf.sub(real ? tf.mul(found, real) : found, mixed('answer.after', 'noise.after')), real).mean;
  },
  usesLevels: isDenoising,
  unused: ['fc_map', 'scale_parameter'],
  extra: (config, rows) => (isDenoising(config) ? Object.fromEntries(SHARES.map((name) => [name, [rows, 1]])) : {}),
  extraFeeds: (batch, config, rows) => (isDenoising(config) ? sharesOf(batch, config, rows) : {}),
});
