import { expect, it } from 'vitest';
import { METHODS } from '../../../src-main/contract/config.ts';
import { methodFor } from '../../../src-main/methods/index.ts';
import { methodHalts, methodHasEnergy, noEnergy } from '../../../src-main/contract/methods.ts';

it.each(METHODS)('the page knows whether %s has an energy, and what it does instead', (name) => {
  expect(methodHasEnergy(name)).toBe(methodFor(name).hasEnergy);
  expect(methodHalts(name)).toBe(methodFor(name).halts);
  if (!methodFor(name).hasEnergy) expect(noEnergy(name)).toMatch(/^This method has no energy: .+\.$/);
});

it('a method of a newer version is said to have none only where it is known', () => {
  expect(methodHasEnergy('toString')).toBe(true);
  expect(noEnergy('constructor')).toBe('This method has no energy.');
  expect(noEnergy('ponder')).toBe('This method has no energy: a network feeds its answer back to itself and says at each step how likely it is to halt.');
});
