import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { linear, linearSpecs } from './layers.ts';
import type { Tensors } from './types.ts';
import { unrolledMethod } from './unrolled.ts';

/*
 * The feedforward baseline of the paper (docs/method.md): x → h → … → h → out with ReLU, trained on the mean squared error.
 * It answers in one pass, so every update gives the same answer, and where it starts does not matter.
 */

/** Layers `fc1` … `fc<depth + 1>`. */
function network(p: Tensors, x: Tensor): Tensor {
  let h = x;
  let layer = 1;
  for (; p[`fc${layer + 1}.weight`]; layer++) h = tf.relu(linear(h, p[`fc${layer}.weight`]!, p[`fc${layer}.bias`]!));
  return linear(h, p[`fc${layer}.weight`]!, p[`fc${layer}.bias`]!);
}

export const feedforward = unrolledMethod({
  name: 'feedforward',
  parameters(config, widths) {
    const sizes = [widths.x, ...Array<number>(config.depth).fill(config.hidden), widths.y];
    return sizes.slice(1).flatMap((out, i) => linearSpecs(`fc${i + 1}`, sizes[i]!, out));
  },
  prepare: (p, x) => ({ answer: network(p, x) }),
  preparedWidths: (_config, widths) => ({ answer: widths.y }),
  update: (_p, at) => ({ y: at['answer']! }),
});
