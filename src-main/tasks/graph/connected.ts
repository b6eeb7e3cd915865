import type { RunConfig } from '../../contract/config.ts';
import type { Task } from '../types.ts';
import { constantEdges, equivariantRegression, presentEdges, zeroEdges } from './references.ts';
import { graphTask, type DrawGraph } from './task.ts';

/** An edge is there with probability 0.05. */
const ABSENT = 0.95;

/**
 * Connected components: x = 1 where an edge is (each direction and loop on its own), else 0; y = 1 where two nodes are in
 * one component, edges taken without direction, else 0.
 */
export const drawConnected: DrawGraph = (rng, nodes, x, y) => {
  rng.fillUniform(x, 0, 1);
  for (let edge = 0; edge < x.length; edge++) x[edge] = x[edge]! > ABSENT ? 1 : 0;
  const component = components(x, nodes);
  for (let i = 0; i < nodes; i++) for (let j = 0; j < nodes; j++) y[i * nodes + j] = component[i] === component[j] ? 1 : 0;
};

/** The component of each node, by union-find: a node's root stands for its component. */
function components(edges: Float32Array, nodes: number): Int32Array {
  const parent = Int32Array.from({ length: nodes }, (_, node) => node);
  const root = (node: number): number => {
    while (parent[node] !== node) node = parent[node] = parent[parent[node]!]!;
    return node;
  };
  for (let i = 0; i < nodes; i++) for (let j = 0; j < nodes; j++) if (edges[i * nodes + j] === 1) parent[root(i)] = root(j);
  return parent.map((_, node) => root(node));
}

export const connected = (config: Pick<RunConfig, 'nodes' | 'nodes_harder'>): Task =>
  graphTask('connected', config, drawConnected, (seed) => [zeroEdges(), constantEdges(drawConnected, seed), presentEdges(drawConnected, seed), equivariantRegression(drawConnected, seed)]);
