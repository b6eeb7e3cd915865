import type { RunConfig } from '../../contract/config.ts';
import type { Task } from '../types.ts';
import { constantEdges, copyEdges, equivariantRegression, zeroEdges } from './references.ts';
import { graphTask, type DrawGraph } from './task.ts';

/** Shortest path: x = U + Uᵀ, U from U(0, 1), zero on the diagonal; y = the length of the shortest path between each two nodes, of exactly the float32 x. */
export const drawShortestPath: DrawGraph = (rng, nodes, x, y) => {
  rng.fillUniform(y, 0, 1);
  for (let i = 0; i < nodes; i++) for (let j = 0; j < nodes; j++) x[i * nodes + j] = i === j ? 0 : y[i * nodes + j]! + y[j * nodes + i]!;
  y.set(distances(x, nodes));
};

/** Floyd–Warshall, in float64. */
function distances(weights: Float32Array, nodes: number): Float64Array {
  const d = Float64Array.from(weights);
  for (let via = 0; via < nodes; via++) {
    for (let i = 0; i < nodes; i++) {
      const toVia = d[i * nodes + via]!;
      for (let j = 0; j < nodes; j++) d[i * nodes + j] = Math.min(d[i * nodes + j]!, toVia + d[via * nodes + j]!);
    }
  }
  return d;
}

export const shortestPath = (config: Pick<RunConfig, 'nodes' | 'nodes_harder'>): Task =>
  graphTask('shortest-path', config, drawShortestPath, (seed) => [zeroEdges(), constantEdges(drawShortestPath, seed), copyEdges('the weight of the edge itself'), equivariantRegression(drawShortestPath, seed)]);
