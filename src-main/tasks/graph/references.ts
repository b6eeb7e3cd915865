import { applyLinear, fitLinear, type LinearFit } from '../regression.ts';
import { createRng } from '../rng.ts';
import type { Reference } from '../types.ts';
import { nodesIn, placeEdges, roomOf } from './layout.ts';
import { graphsOf, type DrawGraph } from './task.ts';

/** Edges that something is fitted on, whatever the size of the graphs: a tenth of a second, and the eleven weights of a regression are known well enough. */
const FIT_EDGES = 40_000;

/** A trivial answer that looks at one graph at a time. @param answer from edges [nodes, nodes] to answers [nodes, nodes] */
function graphReference(name: string, label: string, answer: (edges: Float32Array, nodes: number) => Float32Array): Reference {
  return {
    name,
    label,
    predict(x, rows) {
      const width = x.length / rows;
      const room = roomOf(width);
      const out = new Float32Array(rows * room * room);
      for (let row = 0; row < rows; row++) {
        const problem = x.subarray(row * width, (row + 1) * width);
        const nodes = nodesIn(problem);
        placeEdges(answer(edgesOf(problem, nodes, room), nodes), nodes, out.subarray(row * room * room, (row + 1) * room * room), room);
      }
      return out;
    },
  };
}

function edgesOf(row: Float32Array, nodes: number, room: number): Float32Array {
  const edges = new Float32Array(nodes * nodes);
  for (let i = 0; i < nodes; i++) edges.set(row.subarray(i * room, i * room + nodes), i * nodes);
  return edges;
}

/** What is fitted on graphs of one size, made when that size is first met: graphs of other sizes have other laws. */
function perSize<Fit>(draw: DrawGraph, seed: number, fit: (edges: Float32Array, answers: Float32Array, nodes: number) => Fit): (nodes: number) => Fit {
  const known = new Map<number, Fit>();
  return (nodes) => {
    const found = known.get(nodes) ?? fitted(nodes);
    known.set(nodes, found);
    return found;
  };
  function fitted(nodes: number): Fit {
    const rows = Math.ceil(FIT_EDGES / nodes ** 2);
    const { x, y } = graphsOf(draw, createRng(seed, 'references', nodes), rows, nodes);
    const edges = new Float32Array(y.length);
    for (let row = 0; row < rows; row++) edges.set(x.subarray(row * (nodes * nodes + nodes), row * (nodes * nodes + nodes) + nodes * nodes), row * nodes * nodes);
    return fit(edges, y, nodes);
  }
}

const onDiagonal = (edge: number, nodes: number): boolean => (edge % (nodes * nodes)) % (nodes + 1) === 0;

/** Mean of the answers at the edges that `counts` chooses; 0 where there are none. */
function meanWhere(answers: Float32Array, counts: (edge: number) => boolean): number {
  let sum = 0;
  let count = 0;
  for (let edge = 0; edge < answers.length; edge++) {
    if (!counts(edge)) continue;
    sum += answers[edge]!;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

export const zeroEdges = (): Reference => graphReference('zero', 'predict 0', (edges) => new Float32Array(edges.length));

export const copyEdges = (label: string): Reference => graphReference('copy-input', label, (edges) => edges);

/** One number off the diagonal and one on it: the means over graphs of the same size. */
export function constantEdges(draw: DrawGraph, seed: number): Reference {
  const means = perSize(draw, seed, (_edges, answers, nodes) => [true, false].map((diagonal) => meanWhere(answers, (edge) => onDiagonal(edge, nodes) === diagonal)));
  return graphReference('constant-mean', 'constant mean off the diagonal and on it', (edges, nodes) => {
    const [on, off] = means(nodes);
    return edges.map((_, edge) => (onDiagonal(edge, nodes) ? on! : off!));
  });
}

/** 1 on the diagonal and where there is an edge in either direction; elsewhere the mean of such answers in graphs of the same size. */
export function presentEdges(draw: DrawGraph, seed: number): Reference {
  const present = (edges: Float32Array, nodes: number) => {
    const size = nodes * nodes;
    return (edge: number): boolean => {
      const [start, within] = [edge - (edge % size), edge % size];
      const opposite = start + (within % nodes) * nodes + Math.floor(within / nodes);
      return onDiagonal(edge, nodes) || edges[edge] === 1 || edges[opposite] === 1;
    };
  };
  const elsewhere = perSize(draw, seed, (edges, answers, nodes) => {
    const there = present(edges, nodes);
    return meanWhere(answers, (edge) => !there(edge));
  });
  return graphReference('edge-present', 'edge present or diagonal, else their mean', (edges, nodes) => {
    const there = present(edges, nodes);
    return edges.map((_, edge) => (there(edge) ? 1 : elsewhere(nodes)));
  });
}

/**
 * Linear regression. Renumbering the nodes leaves the law of the problems unchanged, so the best linear map changes with
 * it: an answer depends on the edge itself, its opposite, the loops, the sums over what leaves and enters either end, and
 * the sums over all edges and all loops. Those few weights are fitted, off the diagonal and on it.
 */
export function equivariantRegression(draw: DrawGraph, seed: number): Reference {
  const fits = perSize(draw, seed, (edges, answers, nodes) => [true, false].map((diagonal) => fitPart(edges, answers, nodes, diagonal)));
  return graphReference('linear-regression', 'linear regression', (edges, nodes) => {
    const [on, off] = fits(nodes);
    const features = equivariantFeatures(edges, nodes);
    const predicted = [on!, off!].map((fit) => applyLinear(fit, features, edges.length));
    return edges.map((_, edge) => predicted[onDiagonal(edge, nodes) ? 0 : 1]![edge]!);
  });
}

const FEATURES = 10;

function fitPart(edges: Float32Array, answers: Float32Array, nodes: number, diagonal: boolean): LinearFit {
  const size = nodes * nodes;
  const count = (edges.length / size) * (diagonal ? nodes : size - nodes);
  const x = new Float32Array(count * FEATURES);
  const y = new Float32Array(count);
  let at = 0;
  for (let start = 0; start < edges.length; start += size) {
    const features = equivariantFeatures(edges.subarray(start, start + size), nodes);
    for (let edge = 0; edge < size; edge++) {
      if (onDiagonal(edge, nodes) !== diagonal) continue;
      x.set(features.subarray(edge * FEATURES, (edge + 1) * FEATURES), at * FEATURES);
      y[at++] = answers[start + edge]!;
    }
  }
  return fitLinear(x, y, count, { x: FEATURES, y: 1 });
}

/** What an equivariant linear map may look at for each edge [nodes², FEATURES]. */
function equivariantFeatures(edges: Float32Array, nodes: number): Float32Array {
  const at = (i: number, j: number): number => edges[i * nodes + j]!;
  const leaves = new Float64Array(nodes);
  const enters = new Float64Array(nodes);
  let loops = 0;
  for (let i = 0; i < nodes; i++) {
    loops += at(i, i);
    for (let j = 0; j < nodes; j++) {
      leaves[i]! += at(i, j);
      enters[j]! += at(i, j);
    }
  }
  const all = leaves.reduce((sum, value) => sum + value, 0);
  const features = new Float32Array(nodes * nodes * FEATURES);
  for (let i = 0; i < nodes; i++) {
    for (let j = 0; j < nodes; j++) features.set([at(i, j), at(j, i), at(i, i), at(j, j), leaves[i]!, enters[i]!, leaves[j]!, enters[j]!, all, loops], (i * nodes + j) * FEATURES);
  }
  return features;
}
