import { describe, expect, it } from 'vitest';
import { GRAPH_TASKS } from '../../../../src-main/contract/config.ts';
import { resolveConfig } from '../../../../src-main/contract/settings.ts';
import { nodesIn, roomOf } from '../../../../src-main/tasks/graph/layout.ts';
import { openTask } from '../../../../src-main/tasks/index.ts';
import { applyLinear, fitLinear } from '../../../../src-main/tasks/regression.ts';
import { createRng } from '../../../../src-main/tasks/rng.ts';
import type { Problems, Task } from '../../../../src-main/tasks/types.ts';
import { meanSquare, referenceErrors } from '../measure.ts';

const open = (task: string, nodes = 10, nodes_harder = 15): Task => openTask(resolveConfig({ task, nodes, nodes_harder }));

/** Graphs of problems, without padding. */
function* graphs({ rows, x, y }: Problems): Generator<{ nodes: number; x: number[][]; y: number[][]; rest: number[] }> {
  const [width, answer] = [x.length / rows, y.length / rows];
  const room = roomOf(width);
  for (let row = 0; row < rows; row++) {
    const problem = x.subarray(row * width, (row + 1) * width);
    const answers = y.subarray(row * answer, (row + 1) * answer);
    const nodes = nodesIn(problem);
    const matrix = (values: Float32Array) => Array.from({ length: nodes }, (_, i) => Array.from(values.subarray(i * room, i * room + nodes)));
    const outside = (edge: number) => Math.floor(edge / room) >= nodes || edge % room >= nodes;
    const edges = [...Array(room * room).keys()];
    yield { nodes, x: matrix(problem), y: matrix(answers), rest: edges.filter(outside).flatMap((edge) => [problem[edge]!, answers[edge]!]) };
  }
}

describe.each(GRAPH_TASKS)('%s', (name) => {
  it('mixes sizes from 2 to `nodes` in training, each as likely, with zeros and no marks at padding', () => {
    const task = open(name, 6);
    const rows = 2000;
    const problems = task.sample(createRng(1, 'a'), rows, 'same', 'train');
    const counts = new Map<number, number>();
    for (const { nodes, rest } of graphs(problems)) {
      counts.set(nodes, (counts.get(nodes) ?? 0) + 1);
      expect(rest.every((value) => value === 0)).toBe(true);
    }
    expect([...counts.keys()].sort()).toEqual([2, 3, 4, 5, 6]);
    for (const count of counts.values()) expect(Math.abs(count - rows / 5)).toBeLessThan(5 * Math.sqrt(rows / 5));
    for (let row = 0; row < rows; row++) {
      const marks = [...problems.x.subarray(row * task.widths.x + 36, (row + 1) * task.widths.x)];
      expect(marks).toEqual([...marks].sort((a, b) => b - a));
      expect(marks.every((mark) => mark === 0 || mark === 1)).toBe(true);
    }
  });

  it('tests with full graphs, larger where they are harder, and of any size up to 30', () => {
    const task = open(name);
    for (const [difficulty, size] of [['same', 10], ['harder', 15]] as const) {
      const { widths, pictures } = task.shapesOf(difficulty);
      const problems = task.sample(createRng(1, 'a'), 4, difficulty, 'test');
      expect([problems.x.length, problems.y.length]).toEqual([4 * widths.x, 4 * widths.y]);
      expect([...graphs(problems)].map(({ nodes }) => nodes)).toEqual([size, size, size, size]);
      expect(pictures.y).toEqual({ count: 1, rows: size, columns: size });
    }
    expect(task.shapesOf('same').widths).toEqual(task.widths);
    const sized = task.ofSize!(30);
    const problems = sized.sample(createRng(1, 'a'), 2);
    expect([problems.x.length, problems.y.length]).toEqual([2 * sized.widths.x, 2 * 900]);
    for (const reference of task.references(1)) expect(reference.predict(problems.x, 2).every(Number.isFinite)).toBe(true);
  });

  it('has references that leave padding at zero', () => {
    const task = open(name, 6);
    const problems = task.sample(createRng(2, 'a'), 50, 'same', 'train');
    for (const reference of task.references(1)) {
      for (const { rest } of graphs({ ...problems, y: reference.predict(problems.x, 50) })) expect(rest.every((value) => value === 0)).toBe(true);
    }
  });
});

it('edge copy: the answer is the problem, U(−1, 1) with loops', () => {
  for (const { x, y } of graphs(open('edge-copy').sample(createRng(3, 'a'), 20, 'same', 'train'))) expect(y).toEqual(x);
  expect(meanSquare(open('edge-copy').sample(createRng(3, 'a'), 400, 'same', 'test').y)).toBeCloseTo(1 / 3, 2);
});

it('connected: y is reachability by breadth-first search over edges without direction, and one edge in twenty is there', () => {
  let edges = 0;
  let all = 0;
  for (const difficulty of ['same', 'harder'] as const) {
    for (const { nodes, x, y } of graphs(open('connected', 10, 30).sample(createRng(4, 'a'), 150, difficulty, 'train'))) {
      for (let from = 0; from < nodes; from++) expect(y[from]).toEqual(reached(x, from));
      edges += x.flat().reduce((sum, value) => sum + value, 0);
      all += nodes * nodes;
    }
  }
  expect(Math.abs(edges / all - 0.05)).toBeLessThan(0.003);
});

function reached(x: number[][], from: number): number[] {
  const seen = new Set([from]);
  for (const node of seen) for (const [other, row] of x.entries()) if (x[node]![other] === 1 || row[node] === 1) seen.add(other);
  return x.map((_, node) => (seen.has(node) ? 1 : 0));
}

it('shortest path: weights are U + Uᵀ without loops, and answers those of Dijkstra', () => {
  const weights: number[] = [];
  for (const difficulty of ['same', 'harder'] as const) {
    for (const { nodes, x, y } of graphs(open('shortest-path', 10, 30).sample(createRng(5, 'a'), 60, difficulty, 'train'))) {
      for (let from = 0; from < nodes; from++) {
        expect(x[from]![from]).toBe(0);
        dijkstra(x, from).forEach((distance, to) => expect(y[from]![to]).toBe(Math.fround(distance)));
        for (let to = 0; to < from; to++) {
          expect(x[from]![to]).toBe(x[to]![from]);
          weights.push(x[from]![to]!);
        }
      }
    }
  }
  // U + U′: mean 1, variance 1/6.
  const mean = weights.reduce((sum, value) => sum + value, 0) / weights.length;
  expect(mean).toBeCloseTo(1, 1);
  expect(weights.reduce((sum, value) => sum + (value - mean) ** 2, 0) / weights.length).toBeCloseTo(1 / 6, 2);
});

function dijkstra(x: number[][], from: number): number[] {
  const distance = x.map((_, node) => (node === from ? 0 : Infinity));
  const open = new Set(x.keys());
  while (open.size > 0) {
    const node = [...open].reduce((a, b) => (distance[b]! < distance[a]! ? b : a));
    open.delete(node);
    for (const other of open) distance[other] = Math.min(distance[other]!, distance[node]! + x[node]![other]!);
  }
  return distance;
}

/** docs/method.md: [task, reference, n = 10, n = 15]. */
it.each([
  ['edge-copy', 'zero', 0.333, 0.333],
  ['edge-copy', 'copy-input', 0, 0],
  ['shortest-path', 'constant-mean', 0.091, 0.076],
  ['shortest-path', 'copy-input', 0.076, 0.113],
  ['connected', 'edge-present', 0.092, 0.18],
])('reference of %s: %s', (name, reference, same, harder) => {
  const task = open(name);
  expect(Math.abs(referenceErrors(task, 'same', 6000)[reference]! - same)).toBeLessThanOrEqual(0.025 * same);
  expect(Math.abs(referenceErrors(task, 'harder', 3000)[reference]! - harder)).toBeLessThanOrEqual(0.025 * harder);
});

it.each(['shortest-path', 'connected'])('%s: linear regression with a few weights is as good as the regression on all entries', (name) => {
  const task = open(name, 3);
  const rows = 20_000;
  const edges = ({ x }: Problems) => Float32Array.from({ length: rows * 9 }, (_, i) => x[Math.floor(i / 9) * 12 + (i % 9)]!);
  const training = task.sample(createRng(6, 'fit'), rows, 'same', 'test');
  const fit = fitLinear(edges(training), training.y, rows, { x: 9, y: 9 });
  const fresh = task.sample(createRng(6, 'test'), rows, 'same', 'test');
  const full = meanSquare(applyLinear(fit, edges(fresh), rows), fresh.y);
  const few = task.references(5).find((reference) => reference.name === 'linear-regression')!;
  expect(meanSquare(few.predict(fresh.x, rows), fresh.y) / full).toBeCloseTo(1, 1);
  expect(full).toBeLessThan(0.7 * meanSquare(task.references(5).find((reference) => reference.name === 'constant-mean')!.predict(fresh.x, rows), fresh.y));
});
