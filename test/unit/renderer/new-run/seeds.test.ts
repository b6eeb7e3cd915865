import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSeeds, parseSeeds } from '../../../../src-renderer/features/new-run/seeds.ts';

const seeds = (text: string) => {
  const read = parseSeeds(text);
  return read.ok ? read.seeds : read.message;
};

describe('seeds as a list', () => {
  it.each<[string, number[]]>([
    ['0', [0]],
    ['0-4, 7', [0, 1, 2, 3, 4, 7]],
    ['7 3  5', [7, 3, 5]],
    ['1 – 3', [1, 2, 3]],
    ['2147483647', [2147483647]],
    [' 5 ; 6,', [5, 6]],
  ])('%j means %j', (text, meaning) => expect(seeds(text)).toEqual(meaning));

  it.each<[string, RegExp]>([
    ['', /at least one seed/],
    ['  ,', /at least one seed/],
    ['a', /“a” is no seed/],
    ['1.5', /“1\.5” is no seed/],
    ['-1', /“-1” is no seed/],
    ['2147483648', /too large/],
    ['4-0', /backwards: write 0-4/],
    ['0-4, 3', /Seed 3 is given twice/],
    ['0-100', /101 seeds: at most 100/],
    ['0-59, 60-119', /120 seeds: at most 100/],
  ])('%j is refused', (text, message) => expect(seeds(text)).toMatch(message));

  it('is written back as the shortest list that means the same', () => {
    expect(formatSeeds([0, 1, 2, 3, 4, 7])).toBe('0-4, 7');
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 40 }), (list) => {
        expect(seeds(formatSeeds(list))).toEqual(list);
      }),
    );
  });
});
