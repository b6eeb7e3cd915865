import { describe, expect, it } from 'vitest';
import type { Walk } from '../../../../src-main/contract/api/replay.ts';
import { remarksOn, risingSteps } from '../../../../src-renderer/features/reasoning/remarks.ts';

const walkOf = (energies: number[], errors: number[]): Walk => ({
  steps: errors.length - 1, stepSize: 100, iteration: 5, energies: Float32Array.from(energies), gradientNorms: new Float32Array(energies.length), errors: Float32Array.from(errors),
  answers: new Float32Array(errors.length), x: new Float32Array(1), target: new Float32Array(1), ms: 1,
});
const words = { number: (value: number) => String(Number(value.toPrecision(3))) };
const remarks = (energies: number[], errors: number[], onlyDescent = false) => remarksOn(walkOf(energies, errors), words, onlyDescent).map(({ kind, text }) => `${kind}: ${text}`);

describe('remarks on a walk', () => {
  it('says that the energy fell and settled, and the error with it', () => {
    const said = remarks([1, 0.2, 0.02, 0.001, 0.001, 0.001], [1, 0.5, 0.25, 0.1, 0.1, 0.1]);
    expect(said[0]).toMatch(/^good: The energy falls by 0.999 and has settled/);
    expect(said[1]).toBe('good: The error falls from 1 to 0.1.');
  });

  it('says that the energy is still falling', () => expect(remarks([4, 3, 2, 1], [1, 1, 1, 0.5])[0]).toMatch(/still falling/));

  it('says at which step the energy rises, and that λ is too large', () => {
    expect(remarks([1, 0.5, 0.8, 0.4, 0.6], [1, 1, 1, 1, 1])[0]).toMatch(/^warning: The energy rises at 2 of 4 steps, first at step 2 \(overall it still falls by 0.4\): λ = 100 is too large here/);
    expect(remarks([1, 2], [1, 1])[0]).toMatch(/rises at step 1 \(overall it rises by 1\)/);
  });

  it('takes rounding for no rise', () => expect(risingSteps(Float32Array.of(1, 0.5, 0.500001, 0.2), 1e-4)).toEqual([]));

  it('says where the energy stopped being finite', () => {
    expect(remarks([1, NaN, NaN], [1, NaN, NaN])).toEqual(['warning: The energy is NaN after 1 update: with λ = 100 the walk left the finite numbers. Make λ smaller.']);
    expect(remarks([1, 2, Infinity], [1, 1, Infinity])[0]).toMatch(/infinite after 2 updates/);
  });

  it('notices an error that rises while the energy falls', () => {
    expect(remarks([1, 0.5, 0.2], [0.1, 0.2, 0.4])[1]).toMatch(/^warning: The error rises from 0.1 to 0.4 although the energy falls/);
    expect(remarks([1, 0.5, 0.2], [1, 0.1, 0.4])[1]).toMatch(/^note: The error is lowest after 1 update \(0.1\)/);
  });

  it('says what a standstill means', () => {
    expect(remarks([1, 1], [0.5, 0.5])[1]).toBe('note: The error stays at 0.5.');
    expect(remarks([1, 1], [1, 1])[0]).toBe('note: The energy does not change.');
    expect(remarks([1, 1], [1, 1], true)[0]).toMatch(/this run takes only those that do/);
  });

  it('speaks of the error alone where the method has no energy', () => {
    expect(remarks([], [1, 0.5])).toEqual(['good: The error falls from 1 to 0.5.']);
    expect(remarks([], [1, NaN])).toEqual(['warning: The error is not finite at the end.']);
  });
});
