import type { RunConfig } from '../../contract/config.ts';
import type { Difficulty, Problems, Reference, Rng, Room, Task } from '../types.ts';
import { graphShapes, placeEdges } from './layout.ts';

/** Fills the numbers of a complete graph's edges and their exact answers, both [nodes, nodes]. */
export type DrawGraph = (rng: Rng, nodes: number, x: Float32Array, y: Float32Array) => void;

/** Draws `rows` graphs of the sizes that `size` says, with room for `most` nodes each. */
function sampleGraphs(draw: DrawGraph, rng: Rng, rows: number, most: number, size: () => number, into?: Room): Problems {
  const { widths } = graphShapes(most);
  const x = into?.x.fill(0) ?? new Float32Array(rows * widths.x);
  const y = into?.y.fill(0) ?? new Float32Array(rows * widths.y);
  for (let row = 0; row < rows; row++) {
    const nodes = size();
    const edges = new Float32Array(nodes * nodes);
    const answers = new Float32Array(nodes * nodes);
    draw(rng, nodes, edges, answers);
    const problem = x.subarray(row * widths.x, (row + 1) * widths.x);
    placeEdges(edges, nodes, problem, most);
    problem.fill(1, most * most, most * most + nodes);
    placeEdges(answers, nodes, y.subarray(row * widths.y, (row + 1) * widths.y), most);
  }
  return { rows, x, y };
}

/**
 * A family of graph problems. Training draws each graph's size from U{2 … nodes}; test problems have exactly `nodes`
 * nodes, harder ones `nodes_harder` (as released: 10 and 15).
 *
 * @param references trivial answers; `at` draws problems of one size to fit them on
 */
export function graphTask(
  name: RunConfig['task'],
  { nodes, nodes_harder }: Pick<RunConfig, 'nodes' | 'nodes_harder'>,
  draw: DrawGraph,
  references: (seed: number) => readonly Reference[],
): Task {
  const sizeOf = (difficulty: Difficulty): number => (difficulty === 'harder' ? nodes_harder : nodes);
  return {
    name,
    ...graphShapes(nodes),
    hasHarder: true,
    shapesOf: (difficulty) => graphShapes(sizeOf(difficulty)),
    sample(rng, rows, difficulty, split, into) {
      const most = sizeOf(difficulty);
      const mixed = split === 'train' && difficulty === 'same';
      return sampleGraphs(draw, rng, rows, most, () => (mixed ? 2 + rng.integer(most - 1) : most), into);
    },
    ofSize: (size) => ({ ...graphShapes(size), sample: (rng, rows) => sampleGraphs(draw, rng, rows, size, () => size) }),
    references,
  };
}

/** Problems of one size, for references to be fitted on. */
export const graphsOf = (draw: DrawGraph, rng: Rng, rows: number, nodes: number): Problems => sampleGraphs(draw, rng, rows, nodes, () => nodes);
