import { describe, expect, test } from 'vitest';
import { checkpointChoices, toChoice } from '../../../../src-renderer/features/live/data/checkpoint-choices.ts';
import { correlationWords, scatterPoints } from '../../../../src-renderer/features/live/data/energy-error.ts';
import { checkpoint } from './samples.ts';

describe('answers as points', () => {
  const colour = (place: number) => `at ${place}`;
  // 3 problems, 5 points each; every fourth is given.
  const given = { problems: 3, points: 15, energy: Float32Array.of(0, 1, 2, 3), error: Float32Array.of(9, 8, NaN, 6), index: Float32Array.of(0, 4, 8, 12) };

  test('say which problem they are of, and after how many updates', () => {
    expect(scatterPoints({ ...given, along: 'descent' }, colour)).toEqual([
      { key: '0', label: 'Problem 1, after 0 updates', x: 0, y: 9, colour: 'at 0' },
      { key: '4', label: 'Problem 2, after 1 update', x: 1, y: 8, colour: 'at 0.25' },
      { key: '8', label: 'Problem 3, after 2 updates', x: 2, y: NaN, colour: 'at 0.5' },
      { key: '12', label: 'Problem 1, after 4 updates', x: 3, y: 6, colour: 'at 1' },
    ]);
  });

  test('or how far on the way to the exact answer', () => {
    expect(scatterPoints({ ...given, along: 'line' }, colour).map(({ label }) => label)).toEqual(['Problem 1, 0 % of the way', 'Problem 2, 25 % of the way', 'Problem 3, 50 % of the way', 'Problem 1, 100 % of the way']);
  });
});

test('a correlation is said in words, with its sign, and where there is none', () => {
  const words = [1, 0.7, 0.3, 0, -0.05, -0.8, NaN].map(correlationWords);
  expect(words[0]).toContain('almost as the error does');
  expect(words[1]).toContain('a smaller error');
  expect(words[3]).toBe(words[4]);
  expect(words[5]).toContain('a larger error');
  expect(words[6]).toContain('not defined');
  expect(new Set(words).size).toBe(6);
});

test('checkpoints to choose from: last, best, then all, newest first', () => {
  const choices = checkpointChoices([checkpoint(100), checkpoint(300), checkpoint(200, true)], (value) => `#${value}`);
  expect(choices.map(({ words }) => words)).toEqual(['Last (iteration #300)', 'Best by probe error (iteration #200); chosen on test problems', 'Iteration #300', 'Iteration #200', 'Iteration #100']);
  expect(choices.map(({ value }) => toChoice(value))).toEqual(['last', 'best', 300, 200, 100]);
});
