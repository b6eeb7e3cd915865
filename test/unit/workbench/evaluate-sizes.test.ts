import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src-main/workbench/evaluate.ts';
import { evaluateAll, evaluateSizes, problemsAt } from '../../../src-main/workbench/evaluate-sizes.ts';
import { refusal } from './sandbox.ts';
import { importedModel } from './trained.ts';

describe('graphs of other sizes', () => {
  it('are tested by size, each once, beside trivial answers at that size', async () => {
    const model = await importedModel({}, 'graph-irem');
    const found = await evaluateSizes(model, { sizes: [12, 3, 12], steps: [0, 2], problems: 400 });
    // 5 nodes in training: (5 / 12)² of 400 problems.
    expect(found.map(({ nodes, problems }) => [nodes, problems])).toEqual([[3, 400], [12, 69]]);
    for (const { steps, references, lowestEnergy } of found) {
      // Noise U(−1, 1) against y ~ U(−1, 1): 1/3 + 1/3, whatever the size, in the last chunk too.
      expect(steps[0]!.error).toBeCloseTo(2 / 3, 1);
      expect(steps[0]!.low).toBeLessThan(steps[0]!.error);
      expect(references).toMatchObject([{ name: 'zero', error: expect.closeTo(1 / 3, 1) as number, beaten: false }, { name: 'copy-input', error: 0 }]);
      expect(lowestEnergy!.updates).toBeGreaterThanOrEqual(0);
    }
  });

  it('agree with an evaluation at the training size as far as two samples do', async () => {
    const model = await importedModel({}, 'graph-irem');
    const options = { steps: [3], problems: 600 };
    const [[size], [same]] = [await evaluateSizes(model, { ...options, sizes: [5] }), await evaluate(model, { ...options, harder: false })];
    const half = (size!.steps[0]!.high - size!.steps[0]!.low + same!.steps[0]!.high - same!.steps[0]!.low) / 2;
    expect(Math.abs(size!.steps[0]!.error - same!.steps[0]!.error)).toBeLessThan(2 * half);
    expect(size!.problems).toBe(600);
  });

  it('are part of an evaluation where they are asked for', async () => {
    const model = await importedModel({}, 'graph-feedforward-edge-aware');
    const all = await evaluateAll(model, { steps: [1], problems: 30, harder: true, sizes: [4] });
    expect(all).toMatchObject({ results: [{ difficulty: 'same' }, { difficulty: 'harder' }], sizes: [{ nodes: 4, problems: 30 }] });
    expect(all.sizes![0]).not.toHaveProperty('lowestEnergy');
    expect(await evaluateAll(model, { steps: [1], problems: 30, harder: false })).not.toHaveProperty('sizes');
  });

  it('are fewer where they are larger, and never more than asked for', () => {
    expect([5, 10, 15, 20, 30, 100].map((nodes) => problemsAt(nodes, 5632, 10))).toEqual([5632, 5632, 2503, 1408, 626, 64]);
    expect(problemsAt(30, 20, 10)).toBe(20);
  });

  it('are refused where there are none, and out of range', async () => {
    const adder = await refusal(async () => evaluateAll(await importedModel(), { steps: [1], problems: 5, harder: false, sizes: [10, 15] }));
    expect([adder.code, adder.message]).toEqual(['evaluate.sizes', expect.stringMatching(/sizes = 10,15 is not allowed.*task addition.*edge-copy, connected, shortest-path/)]);
    const model = await importedModel({}, 'graph-irem');
    for (const size of [1, 101, 2.5]) expect((await refusal(() => evaluateSizes(model, { sizes: [size], steps: [1], problems: 5 }))).message).toMatch(`sizes = ${size} is not allowed: each must be a whole number of nodes from 2 to 100`);
  });
});
