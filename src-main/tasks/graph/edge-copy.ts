import type { RunConfig } from '../../contract/config.ts';
import type { Task } from '../types.ts';
import { copyEdges, zeroEdges } from './references.ts';
import { graphTask, type DrawGraph } from './task.ts';

/** Edge copy: y = x, U(−1, 1) on every edge. */
const draw: DrawGraph = (rng, _nodes, x, y) => {
  y.set(rng.fillUniform(x, -1, 1));
};

export const edgeCopy = (config: Pick<RunConfig, 'nodes' | 'nodes_harder'>): Task => graphTask('edge-copy', config, draw, () => [zeroEdges(), copyEdges('return the input')]);
