import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { isGraph } from '../contract/config.ts';
import { decode, decoderSpecs } from './graph/decoder.ts';
import { edgeInputs, edgeSpecs, gineSpecs, graphOf, nodesOf, threeLayers, UNITS } from './graph/gine.ts';
import { linear, linearSpecs } from './layers.ts';
import type { Tensors, Widths } from './types.ts';
import { unrolledMethod } from './unrolled.ts';

/*
 * The feedforward baseline of the paper (docs/method.md): x → h → … → h → out with ReLU, or on graphs three GINE layers and a decoder; trained
 * on the mean squared error. It answers in one pass, so every update gives the same answer, and where it starts does not matter.
 */

/** Layers `fc1` … `fc<depth + 1>`. */
function flatNetwork(p: Tensors, x: Tensor): Tensor {
  let h = x;
  let layer = 1;
  for (; p[`fc${layer + 1}.weight`]; layer++) h = tf.relu(linear(h, p[`fc${layer}.weight`]!, p[`fc${layer}.bias`]!));
  return linear(h, p[`fc${layer}.weight`]!, p[`fc${layer}.bias`]!);
}

function graphNetwork(p: Tensors, x: Tensor, widths: Widths): Tensor {
  const n = nodesOf(widths);
  const edges = edgeInputs(graphOf(x, widths));
  return decode(p, threeLayers(p, edges, 'x', n), edges, 'x', n);
}

export const feedforward = unrolledMethod({
  name: 'feedforward',
  parameters(config, widths) {
    if (isGraph(config.task)) return [...edgeSpecs('x'), ...gineSpecs('conv1', 1), ...gineSpecs('conv2', UNITS), ...gineSpecs('conv3', UNITS), ...decoderSpecs(config)];
    const sizes = [widths.x, ...Array<number>(config.depth).fill(config.hidden), widths.y];
    return sizes.slice(1).flatMap((out, i) => linearSpecs(`fc${i + 1}`, sizes[i]!, out));
  },
  prepare: (p, x, config, widths) => ({ answer: isGraph(config.task) ? graphNetwork(p, x, widths) : flatNetwork(p, x) }),
  preparedShapes: (_config, widths, rows) => ({ answer: [rows, widths.y] }),
  update: (_p, at) => ({ y: at['answer']! }),
});
