import { describe, expect, it } from 'vitest';
import { evaluationOptions } from '../../../../src-main/contract/api/runs.ts';
import { parseCounts, plateauMistake } from '../../../../src-renderer/features/live/data/update-counts.ts';

describe('a list of update counts', () => {
  it.each([
    ['10, 20, 40', [10, 20, 40]],
    ['80 5;5,0', [0, 5, 80]],
    ['1000', [1000]],
  ])('%s', (text, counts) => {
    expect(parseCounts(text)).toEqual({ ok: true, counts });
    // What is accepted here is accepted by a host.
    expect(evaluationOptions.safeParse({ checkpoint: 'last', steps: counts, problems: 1, harder: false }).success).toBe(true);
  });
  it.each([
    ['', 'at least one'],
    ['10, x', '“x”'],
    ['-1', '“-1”'],
    ['1.5', '“1.5”'],
    ['1001', '“1001”'],
    [Array.from({ length: 21 }, (_, i) => i).join(' '), '21 numbers'],
  ])('%s is refused', (text, words) => expect(parseCounts(text)).toEqual({ ok: false, message: expect.stringContaining(words) as string }));
});

describe('the rule of the plateau', () => {
  it('is a share and a number of updates', () => {
    expect(plateauMistake({ tolerance: 0.001, patience: 3 })).toBeUndefined();
    expect(plateauMistake({ tolerance: 0, patience: 1 })).toBeUndefined();
    for (const tolerance of [null, -0.1, 1.1, NaN]) expect(plateauMistake({ tolerance, patience: 3 })).toContain('tolerance');
    for (const patience of [null, 0, 1.5, 1001]) expect(plateauMistake({ tolerance: 0.1, patience })).toContain('patience');
  });
});
