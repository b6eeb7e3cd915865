import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { linear, linearSpecs } from '../layers.ts';
import type { EnergyNetwork } from '../energy-types.ts';
import type { Tensors, Widths } from '../types.ts';
import { edgeInputs, edgeSpecs, gineSpecs, globalMax, graphOf, graphShapes, nodesOf, threeLayers, UNITS } from './gine.ts';
import { oneSegment, type Layout, type Segment } from './layout.ts';
import { cutEdges, cutProblems, withStarts } from './segments.ts';

/** The condition's names of segment k: `graph.x.0`, … */
const inSegment = (tensors: Readonly<Record<string, unknown>>, k: number) => Object.fromEntries(Object.entries(tensors).map(([name, value]) => [`${name}.${k}`, value]));

/**
 * The released energy of graph problems: edges embed [x, y], three GINE layers, the maximum over nodes, 128 → 128 ReLU → 1. It is piecewise
 * linear in y, so that through the gradient alone no bias but those that change which ReLU is open could learn: their gradients are 0.
 *
 * @param layout segments that the rows of a batch are computed in; one for all unless given
 */
export function graphEnergy(layout?: Layout): EnergyNetwork {
  const segmentsOf = (rows: number, n: number) => withStarts(layout ?? oneSegment(rows, n));
  return {
    parameters: () => [...edgeSpecs('xy'), ...gineSpecs('conv1', 1), ...gineSpecs('conv2', UNITS), ...gineSpecs('conv3', UNITS), ...linearSpecs('fc1', UNITS, UNITS), ...linearSpecs('fc2', UNITS, 1)],
    constantOffset: () => 'fc2.bias',
    // What depends on the parameters is small and computed in each step; only the problem is kept.
    condition(_p, x, widths) {
      const n = nodesOf(widths);
      const parts = segmentsOf(x.shape[0], n).map((segment, k) => inSegment(graphOf(cutProblems(x, n, segment), segment.widths), k) as Tensors);
      return Object.assign({ 'graph.edges': graphOf(x, widths)['graph.edges']! }, ...parts) as Tensors;
    },
    conditionShapes(_config, widths, rows) {
      const parts = segmentsOf(rows, nodesOf(widths)).map((segment, k) => inSegment(graphShapes(segment.widths, segment.rows), k) as Record<string, number[]>);
      return Object.assign({ 'graph.edges': [rows, widths.y] }, ...parts) as Record<string, number[]>;
    },
    leaves: (names) => names,
    gradients: (gradients) => gradients,
    energy(p, y) {
      const n = nodesOf({ y: y.shape[1]! });
      const energies = segmentsOf(y.shape[0], n).map((segment, k) => {
        const problem = Object.fromEntries(NAMES.map((name) => [name, p[`${name}.${k}`]!]));
        return segmentEnergy(p, problem, cutEdges(y, n, segment), segment);
      });
      return energies.length === 1 ? energies[0]! : tf.concat(energies, 0);
    },
    real: (t: Tensors, _widths: Widths) => t['graph.edges']!,
  };
}

/** What `graphOf` says of a problem and an energy looks at. */
const NAMES = ['graph.x', 'graph.rest', 'graph.nodes'] as const;

/** E [rows, 1] of answers y [rows, nodes²] to a segment's problems. */
function segmentEnergy(p: Tensors, problem: Tensors, y: Tensor, { nodes }: Segment): Tensor {
  const h = globalMax(threeLayers(p, edgeInputs(problem, y), 'xy', nodes), problem);
  return linear(tf.relu(linear(h, p['fc1.weight']!, p['fc1.bias']!)), p['fc2.weight']!, p['fc2.bias']!);
}
