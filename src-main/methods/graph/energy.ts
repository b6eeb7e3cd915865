import * as tf from '@tensorflow/tfjs-core';
import { linear, linearSpecs } from '../layers.ts';
import type { EnergyNetwork } from '../energy-types.ts';
import type { Tensors, Widths } from '../types.ts';
import { edgeInputs, edgeSpecs, gineSpecs, globalMax, graphOf, graphShapes, nodesOf, threeLayers, UNITS } from './gine.ts';

/**
 * The released energy of graph problems: edges embed [x, y], three GINE layers, the maximum over nodes, 128 → 128 ReLU → 1. It is piecewise
 * linear in y, so that through the gradient alone no bias but those that change which ReLU is open could learn: their gradients are 0.
 */
export const graphEnergy: EnergyNetwork = {
  parameters: () => [...edgeSpecs('xy'), ...gineSpecs('conv1', 1), ...gineSpecs('conv2', UNITS), ...gineSpecs('conv3', UNITS), ...linearSpecs('fc1', UNITS, UNITS), ...linearSpecs('fc2', UNITS, 1)],
  constantOffset: () => 'fc2.bias',
  // What depends on the parameters is small and computed in each step; only the problem is kept.
  condition: (_p, x, widths) => graphOf(x, widths),
  conditionShapes: (_config, widths, rows) => graphShapes(widths, rows),
  leaves: (names) => names,
  gradients: (gradients) => gradients,
  energy(p, y) {
    const n = nodesOf({ y: y.shape[1]! });
    const h = threeLayers(p, edgeInputs(p, y), 'xy', n);
    return linear(tf.relu(linear(globalMax(h, p), p['fc1.weight']!, p['fc1.bias']!)), p['fc2.weight']!, p['fc2.bias']!);
  },
  real: (t: Tensors, _widths: Widths) => t['graph.edges']!,
};
