import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstFit, fits, layoutsFor, oneSegment, type Layout } from '../../../../src-main/methods/graph/layout.ts';
import { createRng } from '../../../../src-main/tasks/rng.ts';

const edges = (layout: Layout): number => layout.reduce((sum, { rows, nodes }) => sum + rows * nodes ** 2, 0);

/** Sizes of a batch from U{2 … nodes}, largest first. */
function batch(rows: number, nodes: number, seed: number): number[] {
  const rng = createRng(seed, 'sizes');
  return Array.from({ length: rows }, () => 2 + rng.integer(nodes - 1)).toSorted((a, b) => b - a);
}

describe('segments of a batch of graphs', () => {
  it('hold all rows, the largest graphs first, and every batch fits the last layout', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1100 }), fc.integer({ min: 2, max: 30 }), (rows, nodes) => {
        const layouts = layoutsFor(rows, nodes);
        for (const layout of layouts) {
          expect(layout.reduce((sum, segment) => sum + segment.rows, 0)).toBe(rows);
          expect(layout[0]!.nodes).toBe(nodes);
          expect(layout.every((segment, k) => segment.rows > 0 && segment.nodes >= 2 && (k === 0 || segment.nodes < layout[k - 1]!.nodes))).toBe(true);
        }
        expect(layouts.at(-1)).toEqual(oneSegment(rows, nodes));
        expect(fits(layouts.at(-1)!, Array<number>(rows).fill(nodes))).toBe(true);
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  it.each([64, 544])('leave out a third of the edges of %i rows or more, and nearly always fit', (rows) => {
    const [first, second, all] = layoutsFor(rows, 10);
    expect(edges(first!)).toBeLessThan(0.67 * edges(all!));
    expect(edges(second!)).toBeLessThan(0.7 * edges(all!));
    const batches = Array.from({ length: 2000 }, (_, seed) => batch(rows, 10, seed));
    const share = (layout: Layout) => batches.filter((sizes) => fits(layout, sizes)).length / batches.length;
    expect(share(first!)).toBeGreaterThan(0.75);
    expect(share(second!)).toBeGreaterThan(0.98);
  });

  it('are not made where they would cost more than they save', () => expect(layoutsFor(4, 4)).toEqual([0, 1, 2].map(() => oneSegment(4, 4))));

  it('fit when no graph is larger than its place', () => {
    const layout = [{ rows: 1, nodes: 5 }, { rows: 2, nodes: 3 }];
    expect(fits(layout, [5, 3, 3])).toBe(true);
    expect(fits(layout, [2, 2, 2])).toBe(true);
    expect(fits(layout, [4, 4, 2])).toBe(false);
    expect(fits(layout, [6, 3, 3])).toBe(false);
    const all = oneSegment(3, 6);
    expect([[5, 3, 2], [5, 4, 2], [6, 6, 6]].map((sizes) => firstFit([layout, all], sizes))).toEqual([layout, all, all]);
    // What is no graph of the task is not computed as if it were one.
    expect(() => firstFit([layout, all], [7, 3, 2])).toThrow('No layout has room for a graph of 7 nodes');
  });
});
