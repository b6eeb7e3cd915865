import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plateauOf } from '../../../src-main/workbench/plateau.ts';

const stop = (energies: readonly number[], tolerance: number, patience: number) => plateauOf((k) => energies[k]!, energies.length - 1, { tolerance, patience });

describe('the energy plateau', () => {
  it('stops when the energy has not fallen for so many updates, and takes the lowest answer', () => {
    expect(stop([10, 5, 2, 1, 1, 1, 0], 0, 2)).toEqual({ steps: 5, answer: 3, stopped: true });
    expect(stop([10, 5, 2, 3, 4, 0], 0, 2)).toEqual({ steps: 4, answer: 2, stopped: true });
  });

  it('goes to the end while it falls', () => {
    expect(stop([4, 3, 2, 1], 0, 1)).toEqual({ steps: 3, answer: 3, stopped: false });
  });

  it('does not count a fall within the tolerance of the whole fall so far', () => {
    // The fall so far is 10: 0.05 is less than a hundredth of it, 0.2 is more.
    expect(stop([10, 0, -0.05, -0.09], 0.01, 2)).toEqual({ steps: 3, answer: 3, stopped: true });
    expect(stop([10, 0, -0.2, -0.4], 0.01, 2)).toEqual({ steps: 3, answer: 3, stopped: false });
  });

  it('adds up small falls until they count', () => {
    expect(stop([10, 0, -0.06, -0.12, -0.18, -0.24], 0.01, 2)).toMatchObject({ stopped: false });
  });

  it('never falls to what is not a number', () => {
    expect(stop([1, NaN, NaN, NaN], 0, 2)).toEqual({ steps: 2, answer: 0, stopped: true });
  });

  it('does not mind an offset of the energy or its unit', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -64, max: 64 }), { minLength: 2, maxLength: 30 }), fc.integer({ min: 1, max: 5 }), (energies, patience) => {
        // Powers of two: the arithmetic stays exact.
        expect(stop(energies.map((energy) => 4 * energy + 1024), 0.125, patience)).toEqual(stop(energies, 0.125, patience));
      }),
    ));

  it('stops no later with less patience, and its answer is the lowest until then', () =>
    fc.assert(
      fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 30 }), fc.integer({ min: 1, max: 5 }), (energies, patience) => {
        const { steps, answer } = stop(energies, 0.01, patience);
        expect(steps).toBeLessThanOrEqual(stop(energies, 0.01, patience + 1).steps);
        expect(energies[answer]).toBe(Math.min(...energies.slice(0, steps + 1)));
      }),
    ));
});
