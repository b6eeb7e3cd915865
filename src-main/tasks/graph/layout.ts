import type { Shapes } from '../types.ts';

/*
 * Graphs of different sizes as vectors of one width. With room for N nodes, a problem x has the N² numbers of the edges,
 * row by row (the edge in row i and column j leads from node i to node j), and then N marks: 1 for each node that there
 * is, 0 for padding. Real nodes come first. An answer y has a number for each of the N² edges, 0 at those of padding.
 */

/** Widths and pictures of problems and answers with room for so many nodes. */
export function graphShapes(nodes: number): Shapes {
  const edges = { count: 1, rows: nodes, columns: nodes };
  return { widths: { x: nodes * nodes + nodes, y: nodes * nodes }, pictures: { x: { ...edges, marks: nodes }, y: edges } };
}

/** Nodes that there is room for in a problem of this width N² + N. */
export const roomOf = (xWidth: number): number => (Math.sqrt(4 * xWidth + 1) - 1) / 2;

/** Nodes that the graph in one row of problems really has. @param row its numbers [N² + N] */
export function nodesIn(row: Float32Array): number {
  const room = roomOf(row.length);
  let nodes = 0;
  for (let i = row.length - room; i < row.length; i++) nodes += row[i]!;
  return nodes;
}

/** Copies the numbers of a graph's edges [nodes, nodes] into a row with room for more. */
export function placeEdges(edges: Float32Array, nodes: number, row: Float32Array, room: number): void {
  for (let i = 0; i < nodes; i++) for (let j = 0; j < nodes; j++) row[i * room + j] = edges[i * nodes + j]!;
}
