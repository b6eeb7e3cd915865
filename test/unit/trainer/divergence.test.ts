import { expect, test } from 'vitest';
import type { Outcome } from '../../../src-main/methods/types.ts';
import { divergenceOf } from '../../../src-main/trainer/divergence.ts';

const sound: Outcome = { answers: new Float32Array(4), errors: new Float32Array(2), energies: Float32Array.of(1, 2, 3, 4, 5, 6), loss: 1, gradientNorm: 1, answerChange: 1, stepSize: 1 };

test('finite numbers, however large, are no divergence', () => {
  expect(divergenceOf(7, { ...sound, energies: new Float32Array(6).fill(3.4e38), loss: 3e38 })).toBeUndefined();
});

test.each([NaN, Infinity, -Infinity])('an energy of %s names the update after which it appeared, whatever else is wrong', (value) => {
  expect(divergenceOf(7, { ...sound, energies: Float32Array.of(1, 2, 3, value, value, 6), loss: NaN })).toEqual({ iteration: 7, step: 1, quantity: 'energy' });
});

test('opposite infinities do not hide each other', () => {
  expect(divergenceOf(7, { ...sound, energies: Float32Array.of(1, 2, 3, 4, Infinity, -Infinity) })).toEqual({ iteration: 7, step: 2, quantity: 'energy' });
});

test('a loss or gradient that is not finite', () => {
  expect(divergenceOf(7, { ...sound, loss: Infinity })).toEqual({ iteration: 7, step: -1, quantity: 'loss' });
  expect(divergenceOf(7, { ...sound, gradientNorm: NaN })).toEqual({ iteration: 7, step: -1, quantity: 'gradient' });
  expect(divergenceOf(7, { ...sound, energies: new Float32Array(0), loss: NaN })).toEqual({ iteration: 7, step: -1, quantity: 'loss' });
});
