import type { Picture } from '../types.ts';

/** A vector and how to draw it. */
export interface Drawn {
  readonly values: Float32Array;
  readonly picture: Picture;
}

/** Nodes of the graph that a problem is; undefined where problems are no graphs. @param picture the problem's */
export function nodesOf(x: Float32Array, { count, rows, columns, marks }: Picture): number | undefined {
  return marks === undefined ? undefined : x.subarray(count * rows * columns, count * rows * columns + marks).reduce((sum, mark) => sum + mark, 0);
}

/** What of a problem or an answer is to be drawn: of a graph the edges between its first `nodes` nodes, not the padding of its batch. */
export function realPart(values: Float32Array, picture: Picture, nodes: number | undefined): Drawn {
  const { count, rows, columns } = picture;
  if (nodes === undefined || (nodes === rows && values.length === count * rows * columns)) return { values, picture };
  const real = new Float32Array(nodes * nodes);
  for (let i = 0; i < nodes; i++) real.set(values.subarray(i * columns, i * columns + nodes), i * nodes);
  return { values: real, picture: { count: 1, rows: nodes, columns: nodes } };
}
