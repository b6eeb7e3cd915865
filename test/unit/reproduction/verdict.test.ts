import { describe, expect, it } from 'vitest';
import type { ReproductionCell } from '../../../src-main/contract/api/reproduce.ts';
import { reaches, verdictOf } from '../../../src-main/reproduction/verdict.ts';

const titles = new Map([['same', 'Same'], ['harder', 'Harder']]);
const cell = (column: string, mean: number | null, published: number | null = null, trivial: number | null = null): ReproductionCell => ({ column, mean, deviation: null, n: 1, published, references: trivial === null ? [] : [{ label: 'predict 0', error: trivial }, { label: 'noise', error: 9 }], lowest: false });

describe('reaching a published error', () => {
  it.each([
    [0.0003, 0.0003, true],
    [0.000349, 0.0003, true],
    [0.000351, 0.0003, false],
    [0.7031, 0.7029, false],
    [0.70294, 0.7029, true],
    [3.84, 3.8, true],
    [3.86, 3.8, false],
    [NaN, 0.1, false],
    [Infinity, 0.1, false],
    [1e-9, 0.1, true],
  ])('%f against %f: %s', (ours, published, reached) => expect(reaches(ours, published)).toBe(reached));
});

describe('verdicts', () => {
  it('say nothing of what was not measured', () => expect(verdictOf([cell('same', null, 0.1, 0.2), cell('harder', null)], titles)).toEqual({ published: null, trivial: null, text: '' }));

  it('are plain when all columns agree', () => {
    expect(verdictOf([cell('same', 0.1, 0.2, 0.3), cell('harder', 0.1, 0.2, 0.3)], titles)).toEqual({ published: 'reaches', trivial: 'beats', text: 'reaches the published error; beats every trivial answer' });
    expect(verdictOf([cell('same', 0.4, 0.2, 0.3), cell('harder', NaN, 0.2, 0.3)], titles)).toEqual({ published: 'misses', trivial: 'does not beat', text: 'misses the published error; does not beat predict 0' });
  });

  it('name the columns where they do not', () => {
    expect(verdictOf([cell('same', 0.1, 0.2, 0.05), cell('harder', 0.4, 0.2, 0.5)], titles)).toEqual({ published: 'partly', trivial: 'partly', text: 'reaches the published error (same), misses it otherwise; beats every trivial answer, but not predict 0 (same)' });
  });

  it('an answer that is as good as the trivial one does not beat it', () => expect(verdictOf([cell('same', 0, null, 0)], titles).trivial).toBe('does not beat'));
});
