import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatDuration, formatExact, formatNumber, formatShort } from '../../../../src-renderer/format/numbers.ts';
import { formatMoment } from '../../../../src-renderer/format/time.ts';

const three = { digits: 3, thousands: 'comma' } as const;

describe('measured numbers', () => {
  it.each([
    [0, '0'],
    [1, '1.00'],
    [0.0183456, '0.0183'],
    [0.001, '0.00100'],
    [0.00099, '9.90e−4'],
    [12.3456, '12.3'],
    [99.96, '100'],
    [999.6, '1,000'],
    [45678.9, '45,679'],
    [12345678, '1.23e7'],
    [-0.5, '−0.500'],
    [-45678, '−45,678'],
    [NaN, 'NaN'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
    [null, '—'],
    [undefined, '—'],
  ])('%s', (value, text) => expect(formatNumber(value, three)).toBe(text));
  it('has as many digits as the person wants', () => {
    expect(formatNumber(0.0183456, { ...three, digits: 5 })).toBe('0.018346');
    expect(formatNumber(12345.678, { digits: 8, thousands: 'space' })).toBe('12\u202f345.678');
    expect(formatNumber(12345.678, { digits: 3, thousands: 'none' })).toBe('12346');
  });
});

it('counts have every digit', () => {
  expect(formatCount(1234567, three)).toBe('1,234,567');
  expect(formatCount(999, three)).toBe('999');
  expect(formatCount(null, three)).toBe('—');
});
it('exact numbers have every digit there is', () => expect(formatExact(0.1 + 0.2)).toBe('0.30000000000000004'));

it.each([
  [0, '0 ms'],
  [850.4, '850 ms'],
  [4200, '4.2 s'],
  [134_000, '2 m 14 s'],
  [3_599_600, '1 h 00 m'],
  [3 * 3_600_000 + 5 * 60_000, '3 h 05 m'],
  [52 * 3_600_000, '2 d 4 h'],
  [null, '—'],
])('a duration of %s ms', (ms, text) => expect(formatDuration(ms)).toBe(text));

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1500, '1.50 kB'],
  [999_400, '999 kB'],
  [999_600, '1.00 MB'],
  [3.2e18, '3200000 TB'],
  [20_400_000, '20.4 MB'],
  [null, '—'],
])('%s bytes', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

it('moments sort as they read', () => {
  expect(formatMoment(new Date(2026, 2, 7, 4, 5).getTime())).toBe('2026-03-07 04:05');
  expect(formatMoment(null)).toBe('—');
});

it.each([
  [0, '0'],
  [0.05, '0.05'],
  [-12.5, '−12.5'],
  [1e10, '1e10'],
  [-12_345_678_901, '−1.23e10'],
  [2.346e-7, '2.35e−7'],
  [99_999, '1e5'],
  [1234.5, '1230'],
  [NaN, 'NaN'],
  [-Infinity, '−∞'],
])('in a narrow place %s', (value, text) => expect(formatShort(value)).toBe(text));
