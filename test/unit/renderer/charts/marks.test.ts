import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binOf, binsOf, countWithin, nearestEdge } from '../../../../src-renderer/charts/histogram/bins.ts';
import { axisOf, passes } from '../../../../src-renderer/charts/parallel/axes.ts';
import { cornersOf, heightOf, layoutOf, lineAt } from '../../../../src-renderer/charts/parallel/layout.ts';
import { axisFor, drawable, nearest, neighbour } from '../../../../src-renderer/charts/scatter/points.ts';

describe('bins', () => {
  const values = fc.array(fc.oneof(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.constantFrom(NaN, Infinity)), { maxLength: 400 });

  it('hold every finite value once, between exact ends', () => {
    fc.assert(fc.property(values, fc.boolean(), (list, log) => {
      const { edges, counts, nonFinite } = binsOf(Float64Array.from(list), log);
      const finite = list.filter(Number.isFinite);
      expect(nonFinite).toBe(list.length - finite.length);
      expect(counts.reduce((sum, n) => sum + n, 0)).toBe(finite.length);
      if (finite.length === 0) return;
      // Either zero is the same end.
      expect([edges[0]! + 0, edges.at(-1)! + 0]).toEqual([Math.min(...finite) + 0, Math.max(...finite) + 0]);
      for (const value of finite) {
        const bin = binOf(edges, value);
        expect(edges[bin]!).toBeLessThanOrEqual(value);
        expect(edges[bin + 1]!).toBeGreaterThanOrEqual(value);
      }
    }), {
      examples: [[[Number.MIN_VALUE, 0], true], [[Number.MIN_VALUE, 3 * Number.MIN_VALUE], true], [[0.1, 0.1 + 2 ** -56], true], [[5.1, 5.1 + 2 ** -50], false]],
    });
  });

  it('are even in decades where asked, and symlog where values are not above zero', () => {
    const { edges, scale } = binsOf(Float64Array.from({ length: 100 }, (_, k) => 10 ** (k / 33 - 3)), true);
    expect(scale).toBe('log');
    expect(edges[1]! / edges[0]!).toBeCloseTo(edges[6]! / edges[5]!, 6);
    expect(binsOf(Float64Array.of(-1, 1, 5), true).scale).toBe('symlog');
    expect(binsOf(Float64Array.of(NaN), true).counts).toHaveLength(0);
  });

  it('snap a choice to their edges, and count what lies in it', () => {
    const bins = binsOf(Float64Array.from({ length: 101 }, (_, k) => k), false);
    expect(nearestEdge(bins, -5)).toBe(0);
    expect(nearestEdge(bins, 1e9)).toBe(bins.edges.length - 1);
    expect(countWithin(Float64Array.of(1, 2, 3, NaN), [2, 3])).toBe(2);
  });
});

describe('a scatter', () => {
  const placed = [{ key: 'a', px: 0, py: 0 }, { key: 'b', px: 10, py: 50 }, { key: 'c', px: 10, py: 20 }, { key: 'd', px: 90, py: 20 }];

  it('reaches every point by keys, in both directions', () => {
    const walk = (key: string, from: string): string[] => {
      const seen = [from];
      for (let at = neighbour(placed, from, key)!; at !== seen.at(-1); at = neighbour(placed, at, key)!) seen.push(at);
      return seen;
    };
    expect(walk('ArrowRight', 'a')).toEqual(['a', 'c', 'b', 'd']);
    expect(walk('ArrowLeft', 'd')).toEqual(['d', 'b', 'c', 'a']);
    expect(walk('ArrowDown', 'a')).toEqual(['a', 'c', 'd', 'b']);
    expect(neighbour(placed, undefined, 'ArrowRight')).toBe('a');
    expect(neighbour(placed, 'a', 'End')).toBe('d');
    expect(neighbour(placed, 'a', 'x')).toBeUndefined();
    expect(neighbour([], undefined, 'ArrowRight')).toBeUndefined();
  });

  it('finds the nearest point in reach', () => {
    expect(nearest(placed, 12, 24, 14)).toBe('c');
    expect(nearest(placed, 50, 80, 14)).toBeUndefined();
  });

  it('draws what has both values, on a scale that can show them', () => {
    const point = { key: 'a', label: 'a', colour: '#000' };
    expect(drawable([{ ...point, x: 1, y: NaN }, { ...point, x: 1, y: 2 }])).toHaveLength(1);
    expect(axisFor([1, 10], 'log')).toMatchObject({ scale: 'log', replaced: false, extent: [1, 10] });
    expect(axisFor([0, 10], 'log')).toMatchObject({ scale: 'symlog', replaced: true });
  });
});

describe('parallel coordinates', () => {
  const lines = [
    { key: 'a', label: 'a', colour: '#000', values: { lr: 1e-4, task: 'addition', err: 0.1 } },
    { key: 'b', label: 'b', colour: '#000', values: { lr: 1e-2, task: 'inverse', err: null } },
    { key: 'c', label: 'c', colour: '#000', values: { lr: 1e-3, task: 'addition', err: NaN } },
  ];
  const lr = axisOf({ key: 'lr', title: 'Learning rate', kind: 'number', log: true }, lines);
  const task = axisOf({ key: 'task', title: 'Task', kind: 'category' }, lines);
  const err = axisOf({ key: 'err', title: 'Error', kind: 'number' }, lines);

  it('place numbers by their scale, categories in order, and what is missing nowhere', () => {
    expect(lr.place(1e-4)).toBe(0);
    expect(lr.place(1e-3)).toBeCloseTo(0.5, 9);
    expect(lr.place(1e-2)).toBe(1);
    expect(task.steps).toEqual(['addition', 'inverse']);
    expect([task.place('addition'), task.place('inverse'), task.place('other')]).toEqual([0, 1, undefined]);
    expect([err.place(0.1), err.place(null), err.place(NaN)]).toEqual([0.5, undefined, undefined]);
  });

  it('a choice keeps the lines that pass through all of it', () => {
    const kept = (brushes: Record<string, readonly [number, number]>): string[] => lines.filter((line) => passes(line, [lr, task, err], brushes)).map(({ key }) => key);
    expect(kept({})).toEqual(['a', 'b', 'c']);
    expect(kept({ lr: [0, 0.5] })).toEqual(['a', 'c']);
    expect(kept({ lr: [0, 0.5], err: [0, 1] })).toEqual(['a']);
    expect(kept({ task: [1, 1] })).toEqual(['b']);
  });

  it('lines without a value pass below the axis, and are found where they are drawn', () => {
    const layout = layoutOf(400, 200, 3);
    const corners = lines.map((line) => ({ key: line.key, heights: cornersOf(line, [lr, task, err], layout) }));
    expect(corners[1]!.heights[2]).toBe(layout.missing);
    expect(layout.missing).toBeGreaterThan(layout.bottom);
    expect(lineAt(corners, layout, layout.at[0]!, heightOf(layout, 1), 5)).toBe('b');
    expect(lineAt(corners, layout, layout.at[0]!, heightOf(layout, 0.75), 5)).toBeUndefined();
    const middle = (layout.at[0]! + layout.at[1]!) / 2;
    expect(lineAt(corners, layout, middle, (corners[2]!.heights[0]! + corners[2]!.heights[1]!) / 2 + 1, 5)).toBe('c');
  });
});
