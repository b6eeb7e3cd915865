import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { linear, linearSpecs } from '../layers.ts';
import type { ParameterSpec, Tensors, Widths } from '../types.ts';

/*
 * Message passing on complete directed graphs of mixed sizes, as the released graph networks do it with PyTorch Geometric's GINEConv (Hu et
 * al. 2020):
 *
 *     h_j ← nn(h_j + Σ_i ReLU(h_i + lin(e_ij)))        over all edges i → j, loops included; nodes start at 0
 *
 * Graphs are padded to n nodes. Two things make that exact and quick:
 * - An edge's embedding e_ij is linear in its one or two numbers, and so is lin(e_ij): a x_ij + c y_ij + d, with vectors that depend on the
 *   parameters alone. Instead of a product of [rows·n², 128] with [128, 128] for each layer there is one of [rows·n², 4] with [4, 128].
 * - The fourth number is 1 where an edge leaves a node of padding. Its weight is so negative that ReLU makes 0 of the message: what a real
 *   node receives does not depend on the padding.
 */

/** Units of every layer (as released). */
export const UNITS = 128;
/** Weight that closes ReLU for messages of padding, and takes its nodes out of a maximum. */
const NEVER = -1e9;

/** Which numbers an edge carries: the problem's x alone, or the answer's y as well. */
export type EdgeNumbers = 'x' | 'xy';

/** Parameters of a GINE layer: nn a single linear layer, lin from an edge's embedding to as many numbers as a node has. */
export const gineSpecs = (name: string, inputs: number): ParameterSpec[] => [...linearSpecs(`${name}.nn.0`, inputs, UNITS), ...linearSpecs(`${name}.lin`, UNITS, inputs)];

/** Parameters of the edges' embedding: [64 of x, 64 of y], or 128 of x. */
export const edgeSpecs = (numbers: EdgeNumbers): ParameterSpec[] => (numbers === 'xy' ? [...linearSpecs('edge_map', 1, UNITS / 2), ...linearSpecs('edge_map_opt', 1, UNITS / 2)] : linearSpecs('edge_map', 1, UNITS));

/**
 * A linear layer of the edges' embedding as weights of the numbers that an edge has: [4, out] for (x, y, 1, from padding), without y
 * [3, out].
 *
 * @param weight [out, 128] of the layer, bias [out]
 */
export function edgeWeights(p: Tensors, weight: Tensor, bias: Tensor, numbers: EdgeNumbers): Tensor {
  const out = weight.shape[0];
  const through = (part: Tensor, map: string) => tf.matMul(part, p[`${map}.weight`] as Tensor2D);
  const offset = (part: Tensor, map: string) => tf.matMul(part, tf.reshape(p[`${map}.bias`]!, [-1, 1]));
  const column = (t: Tensor) => tf.reshape(t, [1, out]);
  const padding = tf.fill([1, out], NEVER);
  if (numbers === 'x') return tf.concat([column(through(weight, 'edge_map')), column(tf.add(tf.reshape(offset(weight, 'edge_map'), [out]), bias)), padding], 0);
  const [forX, forY] = tf.split(weight, 2, 1) as [Tensor, Tensor];
  const constant = tf.add(tf.add(tf.reshape(offset(forX, 'edge_map'), [out]), tf.reshape(offset(forY, 'edge_map_opt'), [out])), bias);
  return tf.concat([column(through(forX, 'edge_map')), column(through(forY, 'edge_map_opt')), column(constant), padding], 0);
}

/** Nodes of padding included, from the width n² + n of a problem. */
export const nodesOf = ({ y }: Pick<Widths, 'y'>): number => Math.round(Math.sqrt(y));

/** A batch of problems: `graph.x` [rows·n², 1], `graph.rest` [rows·n², 2] = (1, from padding), `graph.nodes` [rows, n, 1] and `graph.edges` [rows, n²] 1 where real. */
export function graphOf(x: Tensor, widths: Widths): Tensors {
  const n = nodesOf(widths);
  const rows = x.shape[0];
  const [edges, marks] = tf.split(x, [n * n, n], 1) as [Tensor, Tensor];
  const from = tf.reshape(marks, [rows, n, 1]);
  const to = tf.reshape(marks, [rows, 1, n]);
  const fromPadding = tf.sub(1, tf.add(from, tf.zeros([rows, n, n])));
  return {
    'graph.x': tf.reshape(edges, [-1, 1]),
    'graph.rest': tf.concat([tf.ones([rows * n * n, 1]), tf.reshape(fromPadding, [-1, 1])], 1),
    'graph.nodes': from,
    'graph.edges': tf.reshape(tf.mul(from, to), [rows, n * n]),
  };
}

/** Widths of `graphOf`'s tensors for one row, as [per row, …]. */
export function graphShapes(widths: Widths, rows: number): Record<string, number[]> {
  const n = nodesOf(widths);
  return { 'graph.x': [rows * n * n, 1], 'graph.rest': [rows * n * n, 2], 'graph.nodes': [rows, n, 1], 'graph.edges': [rows, n * n] };
}

/** The numbers of each edge [rows·n², 3 or 4], to be multiplied with `edgeWeights`. @param y answers [rows, n²], where edges carry them */
export const edgeInputs = (t: Tensors, y?: Tensor): Tensor => tf.concat(y ? [t['graph.x']!, tf.reshape(y, [-1, 1]), t['graph.rest']!] : [t['graph.x']!, t['graph.rest']!], 1);

/**
 * One layer of messages.
 *
 * @param h nodes [rows, n, in], or undefined for nodes that are 0
 * @param edges `edgeInputs`
 * @returns nodes [rows, n, 128]; those of padding hold numbers without a meaning
 */
export function gine(p: Tensors, name: string, h: Tensor | undefined, edges: Tensor, numbers: EdgeNumbers, n: number): Tensor {
  const pre = between(edges, linWeights(p, name, numbers), n);
  return update(p, name, h, h ? tf.add(tf.expandDims(h, 2), pre) : pre, n);
}

/**
 * Layers conv1, conv2 and conv3, from nodes that are 0.
 *
 * conv1 sends and receives one number r_j for each node, as released, so that its nodes h_j = r_j w + b are linear in it, and what an edge of conv2
 * adds up, h_i + lin(e_ij), is linear in one number more than the edge carries: a single product gives it, without a pass over [rows, n, n, 128] that
 * adds h_i, or that sums the gradient over j.
 *
 * @param edges `edgeInputs`
 * @returns nodes [rows, n, 128]; those of padding hold numbers without a meaning
 */
export function threeLayers(p: Tensors, edges: Tensor, numbers: EdgeNumbers, n: number): Tensor {
  const received = tf.sum(tf.relu(between(edges, linWeights(p, 'conv1', numbers), n)), 1);
  const [w, b] = [p['conv1.nn.0.weight']!, p['conv1.nn.0.bias']!];
  const first = tf.reshape(linear(tf.reshape(received, [-1, 1]), w, b), [-1, n, UNITS]);
  const ofSender = tf.reshape(tf.add(tf.expandDims(received, 2), tf.zeros([received.shape[0], n, n, 1])), [-1, 1]);
  const weights = tf.concat([edgeWeights(p, p['conv2.lin.weight']!, tf.add(p['conv2.lin.bias']!, b), numbers), tf.reshape(w, [1, UNITS])], 0);
  const second = update(p, 'conv2', first, between(tf.concat([edges, ofSender], 1), weights, n), n);
  return gine(p, 'conv3', second, edges, numbers, n);
}

/** `edgeWeights` of a layer's lin. */
const linWeights = (p: Tensors, name: string, numbers: EdgeNumbers): Tensor => edgeWeights(p, p[`${name}.lin.weight`]!, p[`${name}.lin.bias`]!, numbers);

/** The numbers of each edge i → j times weights: [rows, i, j, out]. */
const between = (edges: Tensor, weights: Tensor, n: number): Tensor => tf.reshape(tf.matMul(edges as Tensor2D, weights as Tensor2D), [-1, n, n, weights.shape[1]!]);

/** h_j ← nn(h_j + Σ_i ReLU(pre_ij)). */
function update(p: Tensors, name: string, h: Tensor | undefined, pre: Tensor, n: number): Tensor {
  const received = tf.sum(tf.relu(pre), 1);
  const sums = tf.reshape(h ? tf.add(h, received) : received, [-1, pre.shape[3]!]);
  return tf.reshape(linear(sums, p[`${name}.nn.0.weight`]!, p[`${name}.nn.0.bias`]!), [-1, n, UNITS]);
}

/** The maximum over a graph's real nodes [rows, 128]. */
export const globalMax = (h: Tensor, t: Tensors): Tensor => tf.max(tf.add(h, tf.mul(tf.sub(1, t['graph.nodes']!), NEVER)), 1);
