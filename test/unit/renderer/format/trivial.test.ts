import { describe, expect, it } from 'vitest';
import { formatNumber } from '../../../../src-renderer/format/numbers.ts';
import { shortStanding, standing, standingWords } from '../../../../src-renderer/format/trivial.ts';

const write = (value: number) => formatNumber(value, { digits: 3, thousands: 'comma' });
const zero = { difficulty: 'same', name: 'zero', label: 'predict 0', error: 0.5 } as const;
const input = { difficulty: 'same', name: 'input', label: 'return the input', error: 0.25 } as const;
const exact = { difficulty: 'same', name: 'linear', label: 'a linear map', error: 0 } as const;
const harder = { difficulty: 'harder', name: 'zero', label: 'predict 0', error: 4 } as const;
const short = (error: number, references: Parameters<typeof standing>[1]) => shortStanding(standing(error, references, 'same')!, write);

describe('where an error stands', () => {
  it('is against the lowest trivial answer of the same difficulty', () => {
    expect(standing(0.1, [zero, input, harder], 'same')).toMatchObject({ lowest: input, ratio: 0.4, beaten: true });
    expect(standing(1, [zero, input, harder], 'harder')).toMatchObject({ lowest: harder, ratio: 0.25, beaten: true });
  });
  it('does not call an equal error better, nor NaN, nor anything against an exact answer', () => {
    expect(standing(0.25, [input], 'same')!.beaten).toBe(false);
    expect(standing(NaN, [input], 'same')!.beaten).toBe(false);
    expect(standing(1e-9, [exact], 'same')!.beaten).toBe(false);
    expect(standing(0, [exact], 'same')!.beaten).toBe(false);
  });
  it('is unknown without an error or without references, and ignores references that are NaN', () => {
    expect(standing(null, [zero], 'same')).toBeUndefined();
    expect(standing(0.1, [harder], 'same')).toBeUndefined();
    expect(standing(0.1, [{ ...zero, error: NaN }], 'same')).toBeUndefined();
  });
});

describe('in words', () => {
  it('is short in a table', () => {
    expect(short(0.1, [zero, input])).toBe('0.400×');
    expect(short(0.3, [zero, input])).toBe('1.20×');
    expect(short(1e-6, [zero, exact])).toBe('linear map: 0');
    expect(short(1e-6, [{ ...exact, label: 'a linear map (A + B)' }])).toBe('linear map: 0');
    expect(short(NaN, [zero])).toBe('NaN');
  });
  it('says what is not beaten first, and by which numbers', () => {
    const words = standingWords(0.3, [zero, input, harder], 'same', write);
    expect(words).toBe('Mean squared error 0.300 on the probe’s problems as in training.\nDoes NOT beat return the input (0.250).\nBeats predict 0 (0.500).');
  });
  it('says that an exact answer cannot be beaten', () => expect(standingWords(1e-5, [zero, exact], 'same', write)).toContain('exact: nothing can beat it'));
  it('beats nothing with NaN', () => {
    const words = standingWords(NaN, [zero, exact], 'same', write);
    expect(words).toContain('Does NOT beat predict 0 (0.500), a linear map (0).');
    expect(words).not.toContain('Beats');
  });
  it('says when nothing is known', () => expect(standingWords(0.1, [], 'harder', write)).toContain('No trivial answer is known'));
});
