import { describe, expect, it } from 'vitest';
import { bytes, count, duration, moment, number } from '../../../src-main/cli/format.ts';

describe('number', () => {
  it.each([
    [0, '0'],
    [7, '7'],
    [999, '999'],
    [0.5, '0.500'],
    [0.0038312, '0.00383'],
    [1.2345, '1.23'],
    [12.345, '12.3'],
    [4170.4, '4170'],
    [1234, '1230'],
    [-0.1, '-0.100'],
    [0.00012345, '0.000123'],
    [0.000012345, '1.23e-5'],
    [1234567, '1.23e6'],
    [999_999, '1000000'],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
  ])('%d has three significant digits: %s', (value, text) => {
    expect(number(value)).toBe(text);
  });

  it('shows what is not there as a dash', () => {
    expect([number(null), number(undefined)]).toEqual(['–', '–']);
  });
});

describe('duration', () => {
  it.each([
    [0.4321, '0.432 ms'],
    [480, '480 ms'],
    [12_345, '12.3 s'],
    [59_949, '59.9 s'],
    [59_951, '1 m 00 s'],
    [134_000, '2 m 14 s'],
    [3_599_600, '1 h 00 m'],
    [3_900_000, '1 h 05 m'],
    [26 * 3_600_000, '1 d 02 h'],
  ])('%d ms reads %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});

describe('bytes, count and moment', () => {
  it('read like a person writes them', () => {
    expect([0, 812, 4620, 1_050_000].map(bytes)).toEqual(['0 B', '812 B', '4.62 kB', '1.05 MB']);
    expect(count(1_234_567)).toBe('1,234,567');
    expect(moment(new Date(2026, 2, 1, 14, 5).getTime())).toBe('2026-03-01 14:05');
  });
});
