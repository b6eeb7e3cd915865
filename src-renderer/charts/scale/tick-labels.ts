import type { NumberFormat } from '../../format/numbers.ts';
import { formatCount, formatNumber } from '../../format/numbers.ts';

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const superscript = (power: number): string => (power < 0 ? '⁻' : '') + String(Math.abs(power)).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]!);

/** The words beside an axis' ticks: exact, with only the digits that tell them apart. */
export function tickLabels(ticks: readonly number[], thousands: NumberFormat['thousands']): string[] {
  const size = Math.max(...ticks.map(Math.abs));
  const decimals = Math.max(0, ...ticks.map((tick) => decimalsOf(tick)));
  // One notation for the whole axis: decimals where they are short, powers of ten else.
  if (ticks.length === 0) return [];
  const fine = decimals <= 6 && size >= 0.01 && size < 1000 && isEven(ticks);
  if ((decimals <= 4 && size < 1e6) || fine) return ticks.map((tick) => (Number.isInteger(tick) && decimals === 0 ? formatCount(tick, { thousands }) : minus(plain(tick, decimals, isEven(ticks)))));
  return ticks.map(scientific);
}

/** A double has no more digits than this. */
const MOST_DIGITS = 17;

/** The words beside an axis' ticks that stand at values as they were measured or set: in the person's number format, with more digits only where two would read the same. */
export function valueLabels(values: readonly number[], format: NumberFormat): string[] {
  if (values.every((value) => Number(value.toPrecision(format.digits)) === value)) return tickLabels(values, format.thousands);
  for (let digits = format.digits; ; digits++) {
    const labels = values.map((value) => formatNumber(value, { ...format, digits }));
    if (digits >= MOST_DIGITS || new Set(labels).size === new Set(values).size) return labels;
  }
}

/** Even steps share their decimals (0.0, 0.5, 1.0); decades do not (0.01, 0.1, 1). */
const isEven = (ticks: readonly number[]): boolean => {
  // Two decades are no even steps.
  if (ticks.length === 2 && ticks[1]! >= 10 * ticks[0]! && ticks[0]! > 0) return false;
  const step = ticks.length > 1 ? ticks[1]! - ticks[0]! : 0;
  return ticks.every((tick, k) => k === 0 || Math.abs(tick - ticks[k - 1]! - step) < Math.abs(step) * 1e-6);
};

const plain = (tick: number, decimals: number, even: boolean): string => (tick === 0 ? '0' : even ? tick.toFixed(decimals) : String(tick));

function decimalsOf(value: number): number {
  const [mantissa, exponent] = Number(value.toPrecision(12)).toExponential().split('e') as [string, string];
  return Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent));
}

function scientific(value: number): string {
  if (value === 0) return '0';
  const [mantissa, exponent] = Number(value.toPrecision(12)).toExponential().split('e') as [string, string];
  const power = `10${superscript(Number(exponent))}`;
  return minus(mantissa === '1' ? power : mantissa === '-1' ? `-${power}` : `${mantissa}·${power}`);
}

const minus = (text: string): string => text.replaceAll('-', '−');
