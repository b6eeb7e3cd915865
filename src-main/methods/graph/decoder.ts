import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { RunConfig } from '../../contract/config.ts';
import { linear, linearSpecs } from '../layers.ts';
import type { ParameterSpec, Tensors } from '../types.ts';
import { edgeWeights, UNITS, type EdgeNumbers } from './gine.ts';

/*
 * From nodes to the answer of each edge i → j. As released: one linear layer of [h_i, h_j], which can only give a_i + b_j, so that not even an
 * edge can be copied. Edge-aware: [h_i, h_j, the edge's embedding] → 128 ReLU → 1.
 */

export const decoderSpecs = ({ decoder }: Pick<RunConfig, 'decoder'>): ParameterSpec[] =>
  decoder === 'released' ? linearSpecs('decode', 2 * UNITS, 1) : [...linearSpecs('decode.0', 3 * UNITS, UNITS), ...linearSpecs('decode.2', UNITS, 1)];

/**
 * @param h nodes [rows, n, 128]
 * @param edges `edgeInputs` of the batch
 * @returns an answer for each edge [rows, n²]
 */
export function decode(p: Tensors, h: Tensor, edges: Tensor, numbers: EdgeNumbers, n: number): Tensor {
  const flat = tf.reshape<tf.Rank.R2>(h, [-1, UNITS]);
  // The layer's part of h_i, of h_j and of the embedding are computed where they live, and added for each edge.
  const ofNodes = (weight: Tensor, axis: number) => tf.expandDims(tf.reshape(tf.matMul(flat, weight as Tensor2D, false, true), [-1, n, weight.shape[0]]), axis);
  if (p['decode.weight']) {
    const [from, to] = tf.split(p['decode.weight'], 2, 1) as [Tensor, Tensor];
    return tf.reshape(tf.add(tf.add(ofNodes(from, 2), ofNodes(to, 1)), p['decode.bias']!), [-1, n * n]);
  }
  const [from, to, edge] = tf.split(p['decode.0.weight']!, 3, 1) as [Tensor, Tensor, Tensor];
  const ofEdges = tf.reshape(tf.matMul(edges as Tensor2D, edgeWeights(p, edge, p['decode.0.bias']!, numbers) as Tensor2D), [-1, n, n, UNITS]);
  const hidden = tf.relu(tf.add(tf.add(ofNodes(from, 2), ofNodes(to, 1)), ofEdges));
  return tf.reshape(linear(tf.reshape(hidden, [-1, UNITS]), p['decode.2.weight']!, p['decode.2.bias']!), [-1, n * n]);
}
