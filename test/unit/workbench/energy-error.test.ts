import { describe, expect, it } from 'vitest';
import { energyError, thinned } from '../../../src-main/workbench/energy-error.ts';
import { energyErrorCsv } from '../../../src-main/workbench/energy-error-csv.ts';
import { evaluate } from '../../../src-main/workbench/evaluate.ts';
import { refusal } from './sandbox.ts';
import { importedModel } from './trained.ts';

describe('energy against error', () => {
  it('looks along the descent and along lines to the exact answer, for both difficulties', async () => {
    const model = await importedModel();
    const results = await energyError(model, { problems: 20, steps: 4 });
    expect(results.map(({ difficulty, along, energies, errors, problems }) => [difficulty, along, energies.length, errors.length, problems])).toEqual([
      ['same', 'descent', 100, 100, 20],
      ['same', 'line', 420, 420, 20],
      ['harder', 'descent', 100, 100, 20],
      ['harder', 'line', 420, 420, 20],
    ]);
    for (const { errors, along, overall, perProblem } of results) {
      expect(overall).toBeGreaterThanOrEqual(-1);
      expect(overall).toBeLessThanOrEqual(1);
      expect(Math.abs(perProblem.mean)).toBeLessThanOrEqual(1);
      if (along !== 'line') continue;
      // (1 − s)² of the first error at s = point / 20, and the exact answer at the end.
      for (let problem = 0; problem < 20; problem++) {
        expect(errors[10 * 20 + problem]! / errors[problem]!).toBeCloseTo(0.25, 4);
        expect(errors[20 * 20 + problem]).toBeLessThan(1e-12);
      }
    }
  });

  it('is refused for a method without an energy', async () => {
    const model = await importedModel();
    expect((await refusal(() => energyError({ ...model, config: { ...model.config, method: 'feedforward' } }, { problems: 4, steps: 2 }))).code).toBe('energy.none');
  });

  it('thins evenly and keeps pairs together', () => {
    const energies = Float32Array.from({ length: 1000 }, (_, i) => i);
    const { energy, error, index } = thinned({ energies, errors: energies.map((value) => -value) }, 100);
    expect([energy.length, energy[0], energy[99]]).toEqual([100, 0, 990]);
    expect(energy.every((value, i) => error[i] === -value)).toBe(true);
    expect(index).toEqual(energy);
    expect(thinned({ energies, errors: energies }, 5000).energy.length).toBe(1000);
  });
});

describe('as CSV', () => {
  it('every point has its problem, how far it is, and all digits', () => {
    const result = { difficulty: 'same' as const, problems: 2, overall: 1, perProblem: { mean: 1, quantiles: [1, 1, 1, 1, 1] as const } };
    const parts = energyErrorCsv([
      { ...result, along: 'descent', energies: Float32Array.of(0.1, 2, NaN, 4), errors: Float32Array.of(5, 6, 7, Infinity) },
      { ...result, difficulty: 'harder', along: 'line', energies: Float32Array.of(1, 2, 3, 4, 5, 6), errors: new Float32Array(6) },
    ]);
    const lines = Buffer.concat(parts).toString().split('\n');
    expect(lines.slice(0, 5)).toEqual(['difficulty,along,problem,at,energy,error', `same,descent,0,0,${Math.fround(0.1)},5`, 'same,descent,1,0,2,6', 'same,descent,0,1,NaN,7', 'same,descent,1,1,4,Infinity']);
    expect(lines.slice(5)).toEqual(['harder,line,0,0,1,0', 'harder,line,1,0,2,0', 'harder,line,0,0.5,3,0', 'harder,line,1,0.5,4,0', 'harder,line,0,1,5,0', 'harder,line,1,1,6,0', '']);
  });
});

describe('an evaluation', () => {
  it('gives an interval that holds the mean, and stops at the plateau where the energy never falls', async () => {
    const model = await importedModel();
    const [result] = await evaluate({ ...model, stepSize: -0.01 }, { steps: [0, 6], problems: 60, harder: false, plateau: { tolerance: 0, patience: 2 } });
    for (const { low, error, high, quantiles } of result!.steps) {
      expect([low, error, high]).toEqual([low, error, high].toSorted((a, b) => a - b));
      expect(quantiles).toEqual([...quantiles].sort((a, b) => a - b));
    }
    expect(result!.plateau).toMatchObject({ updates: 2, stopped: 1, error: expect.closeTo(result!.steps[0]!.error, 6) as number });
  });
});
