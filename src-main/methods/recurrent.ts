import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { linear, linearSpecs } from './layers.ts';
import type { ParameterSpec } from './types.ts';
import { unrolledMethod } from './unrolled.ts';

/*
 * The recurrent baseline of the paper: h = ReLU(fc1 x) enters an LSTM (Hochreiter & Schmidhuber 1997) at every step, and fc4 reads
 * the answer off its state. Trained on the last of N answers through all steps; y⁰ plays no part. As released, without the layers
 * that the release defines and never uses.
 */

/** An LSTM's parameters as torch.nn.LSTM names, lays out (gates i, f, g, o) and draws them: all from U(±1/√hidden). */
function lstmSpecs(name: string, input: number, hidden: number): ParameterSpec[] {
  const bound = 1 / Math.sqrt(hidden);
  return [
    { name: `${name}.weight_ih_l0`, shape: [4 * hidden, input], bound },
    { name: `${name}.weight_hh_l0`, shape: [4 * hidden, hidden], bound },
    { name: `${name}.bias_ih_l0`, shape: [4 * hidden], bound },
    { name: `${name}.bias_hh_l0`, shape: [4 * hidden], bound },
  ];
}

/** One step of an LSTM from its gates before their functions [rows, 4 · hidden]: i, f, g, o. */
export function lstmCell(gates: Tensor, cell: Tensor): { hidden: Tensor; cell: Tensor } {
  const [i, f, g, o] = tf.split(gates, 4, 1) as [Tensor, Tensor, Tensor, Tensor];
  const next = tf.add(tf.mul(tf.sigmoid(f), cell), tf.mul(tf.sigmoid(i), tf.tanh(g)));
  return { hidden: tf.mul(tf.sigmoid(o), tf.tanh(next)), cell: next };
}

export const recurrent = unrolledMethod({
  name: 'recurrent',
  parameters({ recurrent_hidden: hidden }, widths) {
    return [...linearSpecs('fc1', widths.x, hidden), ...lstmSpecs('lstm', hidden, hidden), ...linearSpecs('fc4', hidden, widths.y)];
  },
  // The same input enters every step, so its share of the gates is computed once.
  prepare(p, x) {
    const h = tf.relu(linear(x, p['fc1.weight']!, p['fc1.bias']!));
    return { gates: linear(h, p['lstm.weight_ih_l0']!, tf.add(p['lstm.bias_ih_l0']!, p['lstm.bias_hh_l0']!)) };
  },
  preparedWidths: ({ recurrent_hidden: hidden }) => ({ gates: 4 * hidden }),
  carriedWidths: ({ recurrent_hidden: hidden }) => ({ hidden, cell: hidden }),
  update(p, at) {
    const { hidden, cell } = lstmCell(linear(at['hidden']!, p['lstm.weight_hh_l0']!, at['gates']!), at['cell']!);
    return { hidden, cell, y: linear(hidden, p['fc4.weight']!, p['fc4.bias']!) };
  },
});
