import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src-main/workbench/evaluate.ts';
import { writeTensors } from './golden-maker.ts';
import { newFolder, refusal } from './sandbox.ts';
import { importedModel } from './trained.ts';

describe('evaluate', () => {
  it('gives error and energy of the same answers, beside trivial ones on the same problems', async () => {
    const model = await importedModel();
    const [same, harder] = await evaluate(model, { steps: [0, 5], problems: 2000, harder: true });
    expect(same).toMatchObject({ difficulty: 'same', problems: 2000, steps: [{ updates: 0 }, { updates: 5 }] });
    // y0 ~ U(−1, 1) against y = A + B with A, B ~ U(−1, 1): 1/3 + 2/3; harder: 1/3 + 2 · 2.5²/3.
    expect(same!.steps[0]!.error).toBeCloseTo(1, 1);
    expect(harder!.steps[0]!.error).toBeCloseTo(4.5, 0);
    const zero = same!.references.find(({ name }) => name === 'zero')!;
    expect(zero.error).toBeCloseTo(0.667, 1);
    // Weights as drawn have learned nothing.
    expect(zero.beaten).toBe(false);
    expect(same!.references.length).toBeGreaterThan(1);
  });

  it('tests every run on the same problems, whatever its seed, so that runs compare', async () => {
    const options = { steps: [3], problems: 50, harder: false };
    const results = [await evaluate(await importedModel({ seed: 1 }), options), await evaluate(await importedModel({ seed: 2 }), options)];
    expect(results[0]).toEqual(results[1]);
  });

  it('judges each problem at its lowest energy', async () => {
    const model = await importedModel();
    // Each update of so small a λ lowers the energy of every problem, so the lowest is the last.
    const [result] = await evaluate({ ...model, stepSize: 0.01 }, { steps: [0, 4], problems: 60, harder: false });
    expect(result!.lowestEnergy).toEqual({ error: expect.closeTo(result!.steps[1]!.error, 6) as number, updates: 4 });
    // Against the gradient's direction each update raises it, so the lowest is the first.
    const [backwards] = await evaluate({ ...model, stepSize: -0.01 }, { steps: [0, 4], problems: 60, harder: false });
    expect(backwards!.lowestEnergy).toEqual({ error: expect.closeTo(backwards!.steps[0]!.error, 6) as number, updates: 0 });
  });

  it('says that a model beats what it beats', async () => {
    const model = await importedModel();
    // An answer after 0 updates is noise: worse than 0, and better than a reference that is far off.
    const far = { name: 'far', label: 'far off', predict: (_x: Float32Array, rows: number) => new Float32Array(rows * 16).fill(100) };
    const [result] = await evaluate({ ...model, task: { ...model.task, references: () => [far] } }, { steps: [0], problems: 20, harder: false });
    expect(result!.references).toMatchObject([{ name: 'far', beaten: true }]);
  });

  it("gives every problem's own error after the last update where that is asked for", async () => {
    const model = await importedModel();
    const options = { steps: [1, 3], problems: 70, harder: true };
    for (const { errors, steps } of await evaluate(model, { ...options, eachError: true })) {
      expect(errors).toHaveLength(70);
      expect(errors!.reduce((sum, error) => sum + error, 0) / 70).toBeCloseTo(steps[1]!.error, 5);
      expect(Math.max(...errors!)).toBeGreaterThan(steps[1]!.quantiles[4]);
    }
    for (const result of await evaluate(model, options)) expect(result).not.toHaveProperty('errors');
  });

  it('refuses harder problems where there are none', async () => {
    const data = writeTensors(join(newFolder(), 'd.safetensors'), { x: { shape: [30, 32], data: new Float32Array(960).fill(1) }, y: { shape: [30, 16], data: new Float32Array(480).fill(1) } }, {});
    const model = await importedModel({ task: 'dataset', data });
    expect((await refusal(() => evaluate(model, { steps: [1], problems: 3, harder: true }))).code).toBe('evaluate.harder');
  });

  it('counts no problem of a dataset twice', async () => {
    const data = writeTensors(join(newFolder(), 'd.safetensors'), { x: { shape: [30, 32], data: new Float32Array(960).fill(1) }, y: { shape: [30, 16], data: new Float32Array(480).fill(1) } }, {});
    const model = await importedModel({ task: 'dataset', data, test_fraction: 0.2 });
    const [result] = await evaluate(model, { steps: [1], problems: 5632, harder: false });
    expect(result).toMatchObject({ problems: 6, difficulty: 'same' });
  });
});
