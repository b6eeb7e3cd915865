import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { isGraph, type RunConfig } from '../contract/config.ts';
import { graphEnergy } from './graph/energy.ts';
import type { Layout } from './graph/layout.ts';
import { linear, linearSpecs, swish } from './layers.ts';
import type { EnergyNetwork } from './energy-types.ts';

/**
 * [y, x] → h → … → h → 1 with swish: `fc1` … `fc<depth + 1>`, as the released network when hidden = 512 and depth = 3.
 *
 * E(x, y) sees fc1·[y, x] + b as y·fc1_yᵀ + condition, and only y changes in a walk: `fc1.y` [hidden, widths.y] and
 * `condition` = x·fc1_xᵀ + b [rows, hidden] are computed once, and stand for fc1 when the energy is differentiated.
 */
const flatEnergy: EnergyNetwork = {
  parameters(config, widths) {
    const sizes = [widths.y + widths.x, ...Array<number>(config.depth).fill(config.hidden), 1];
    return sizes.slice(1).flatMap((out, i) => linearSpecs(`fc${i + 1}`, sizes[i]!, out));
  },
  constantOffset: ({ depth }) => `fc${depth + 1}.bias`,
  condition(p, x, widths) {
    const [forY, forX] = tf.split(p['fc1.weight']!, [widths.y, widths.x], 1) as [Tensor, Tensor];
    return { 'fc1.y': forY, condition: linear(x, forX, p['fc1.bias']!) };
  },
  conditionShapes: ({ hidden }, widths, rows) => ({ condition: [rows, hidden], 'fc1.y': [hidden, widths.y] }),
  leaves: (names) => ['fc1.y', 'condition', ...names.filter((name) => !name.startsWith('fc1.'))],
  gradients(gradients, x) {
    const { 'fc1.y': forY, condition, ...others } = gradients;
    const forX = tf.matMul(condition as Tensor2D, x, true, false);
    return { 'fc1.weight': tf.concat([forY!, forX], 1), 'fc1.bias': tf.sum(condition!, 0), ...others };
  },
  energy(p, y, { depth }) {
    let h = swish(linear(y, p['fc1.y']!, p['condition']!));
    for (let layer = 2; layer <= depth; layer++) h = swish(linear(h, p[`fc${layer}.weight`]!, p[`fc${layer}.bias`]!));
    return linear(h, p[`fc${depth + 1}.weight`]!, p[`fc${depth + 1}.bias`]!);
  },
};

/** The energy network of a configuration's problems. @param layout of a batch of graphs, where its rows come by size */
export const energyNetwork = ({ task }: Pick<RunConfig, 'task'>, layout?: Layout): EnergyNetwork => (isGraph(task) ? graphEnergy(layout) : flatEnergy);
