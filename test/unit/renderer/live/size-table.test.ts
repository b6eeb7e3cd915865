import { describe, expect, test } from 'vitest';
import { sizeRows, sizeVerdict, type Sizes } from '../../../../src-renderer/features/live/data/size-table.ts';

const at = (nodes: number, errors: readonly [number, number], trivial: number, lowest?: number): Sizes[number] => ({
  nodes,
  problems: 100,
  steps: errors.map((error, i) => ({ updates: 10 * (i + 1), error, low: 0, high: 1, quantiles: [0, 0, 0, 0, 0] })),
  ...(lowest === undefined ? {} : { lowestEnergy: { error: lowest, updates: 5 } }),
  references: [{ name: 'zero', label: 'predict 0', error: trivial, beaten: errors[1] < trivial }, { name: 'far', label: 'far off', error: 9, beaten: true }],
});

describe('the table of sizes', () => {
  test('has a row for each answer and a number for each size', () => {
    expect(sizeRows([at(10, [0.5, 0.1], 0.3, 0.2), at(15, [0.7, NaN], 0.4, 0.6)])).toEqual([
      { name: 'after 10 updates', trivial: false, errors: [0.5, 0.7] },
      { name: 'after 20 updates', trivial: false, errors: [0.1, NaN] },
      { name: 'at the lowest energy', trivial: false, errors: [0.2, 0.6] },
      { name: 'trivial: predict 0', trivial: true, errors: [0.3, 0.4] },
      { name: 'trivial: far off', trivial: true, errors: [9, 9] },
    ]);
    expect(sizeRows([at(10, [0.5, 0.1], 0.3)]).map(({ name }) => name)).not.toContain('at the lowest energy');
  });

  test('says where the model is better than every trivial answer; an error that is no number is not', () => {
    expect(sizeVerdict([at(10, [9, 0.1], 0.3), at(15, [9, 0.2], 0.4)])).toEqual({ good: true, text: 'After 20 updates the model beats every trivial answer at every size.' });
    expect(sizeVerdict([at(10, [0, 0.1], 0.3), at(15, [0, 0.5], 0.4), at(30, [0, NaN], 0.4)])).toEqual({ good: false, text: 'After 20 updates the model beats every trivial answer with 10 nodes, and not with 15, 30.' });
    expect(sizeVerdict([at(10, [0, 0.3], 0.3)])).toMatchObject({ good: false, text: expect.stringContaining('at any of these sizes') as string });
  });
});
