import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { isGraph, type RunConfig } from '../contract/config.ts';
import { decode, decoderSpecs } from './graph/decoder.ts';
import { edgeInputs, edgeSpecs, gine, gineSpecs, graphOf, nodesOf, UNITS } from './graph/gine.ts';
import { linear, linearSpecs } from './layers.ts';
import type { ParameterSpec, Tensors, Widths } from './types.ts';
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
function lstmCell(gates: Tensor, cell: Tensor): { hidden: Tensor; cell: Tensor } {
  const [i, f, g, o] = tf.split(gates, 4, 1) as [Tensor, Tensor, Tensor, Tensor];
  const next = tf.add(tf.mul(tf.sigmoid(f), cell), tf.mul(tf.sigmoid(i), tf.tanh(g)));
  return { hidden: tf.mul(tf.sigmoid(o), tf.tanh(next)), cell: next };
}

const flat = {
  parameters: (hidden: number, widths: Widths) => [...linearSpecs('fc1', widths.x, hidden), ...lstmSpecs('lstm', hidden, hidden), ...linearSpecs('fc4', hidden, widths.y)],
  // The same input enters every step, so its share of the gates is computed once.
  prepare(p: Tensors, x: Tensor): Tensors {
    return { gates: inputGates(p, tf.relu(linear(x, p['fc1.weight']!, p['fc1.bias']!))) };
  },
  update(p: Tensors, at: Tensors): Tensors {
    const { hidden, cell } = lstmCell(linear(at['hidden']!, p['lstm.weight_hh_l0']!, at['gates']!), at['cell']!);
    return { hidden, cell, y: linear(hidden, p['fc4.weight']!, p['fc4.bias']!) };
  },
};

/** As released: the LSTM lives in each node, between the first and the last GINE layer. */
const graph = {
  parameters: (config: RunConfig) => [...edgeSpecs('x'), ...gineSpecs('conv1', 1), ...lstmSpecs('lstm', UNITS, UNITS), ...gineSpecs('conv3', UNITS), ...decoderSpecs(config)],
  prepare(p: Tensors, x: Tensor, widths: Widths): Tensors {
    const n = nodesOf(widths);
    const edges = edgeInputs(graphOf(x, widths));
    const h = gine(p, 'conv1', undefined, edges, 'x', n);
    return { gates: inputGates(p, tf.reshape(h, [-1, UNITS])), edges };
  },
  update(p: Tensors, at: Tensors): Tensors {
    const n = nodesOf({ y: at['y']!.shape[1]! });
    const { hidden, cell } = lstmCell(linear(at['hidden']!, p['lstm.weight_hh_l0']!, at['gates']!), at['cell']!);
    const h = gine(p, 'conv3', tf.reshape(hidden, [-1, n, UNITS]), at['edges']!, 'x', n);
    return { hidden, cell, y: decode(p, h, at['edges']!, 'x', n) };
  },
};

const inputGates = (p: Tensors, input: Tensor): Tensor => linear(input, p['lstm.weight_ih_l0']!, tf.add(p['lstm.bias_ih_l0']!, p['lstm.bias_hh_l0']!));

/** LSTMs of a batch, and their width. */
const cellsOf = (config: RunConfig, widths: Widths, rows: number): [cells: number, width: number] => (isGraph(config.task) ? [rows * nodesOf(widths), UNITS] : [rows, config.recurrent_hidden]);

export const recurrent = unrolledMethod({
  name: 'recurrent',
  unused: ['inp_map', 'inp_map2', 'fc3', 'scale_parameter'],
  parameters: (config, widths) => (isGraph(config.task) ? graph.parameters(config) : flat.parameters(config.recurrent_hidden, widths)),
  prepare: (p, x, config, widths) => (isGraph(config.task) ? graph.prepare(p, x, widths) : flat.prepare(p, x)),
  preparedShapes(config, widths, rows) {
    const [cells, width] = cellsOf(config, widths, rows);
    return { gates: [cells, 4 * width], ...(isGraph(config.task) ? { edges: [rows * widths.y, 3] } : {}) };
  },
  carriedShapes(config, widths, rows) {
    const shape = cellsOf(config, widths, rows);
    return { hidden: shape, cell: shape };
  },
  update: (p, at, config) => (isGraph(config.task) ? graph.update(p, at) : flat.update(p, at)),
});
