import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Widths } from '../types.ts';
import type { Layout, Segment } from './layout.ts';

/** A segment, the batch's row it starts at, and the widths of its problems. */
export interface Placed extends Segment {
  readonly start: number;
  readonly widths: Widths;
}

/** Segments with the rows that they start at. */
export function withStarts(layout: Layout): Placed[] {
  let start = 0;
  return layout.map(({ rows, nodes }) => {
    const placed = { rows, nodes, start, widths: { x: nodes * nodes + nodes, y: nodes * nodes } };
    start += rows;
    return placed;
  });
}

/** A segment's share of numbers of edges [all rows, n²]: [rows, nodes²]. */
export const cutEdges = (edges: Tensor, n: number, { rows, nodes, start }: Placed): Tensor =>
  tf.reshape(tf.slice(tf.reshape(edges, [-1, n, n]), [start, 0, 0], [rows, nodes, nodes]), [rows, nodes * nodes]);

/** A segment's share of problems [all rows, n² + n]: [rows, nodes² + nodes]. */
export function cutProblems(x: Tensor, n: number, segment: Placed): Tensor {
  const [edges, marks] = tf.split(x, [n * n, n], 1) as [Tensor, Tensor];
  return tf.concat([cutEdges(edges, n, segment), tf.slice(marks, [segment.start, 0], [segment.rows, segment.nodes])], 1);
}
