import type { Setting } from '../../../src-main/contract/settings.ts';

/** What values a setting takes: "1 to 8,192", "1e-8 to 1"; empty where the control shows it. */
export function rangeWords({ type, min, max }: Pick<Setting, 'type' | 'min' | 'max'>, count: (value: number) => string): string {
  if (type !== 'integer' && type !== 'number') return '';
  const word = (value: number) => (Number.isInteger(value) ? count(value) : value < 1e-3 ? value.toExponential().replace('-', '−') : String(value));
  return `${word(min!)} to ${word(max!)}`;
}
