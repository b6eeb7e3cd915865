/** Numbers as a person reads them, wherever text is made. Anything not finite is shown as it is. */

/** Three significant digits: 0.00383, 1.23, 4170, 1.2e-7; whole numbers below a thousand stay whole. */
export function number(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (!Number.isFinite(value) || value === 0) return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1000) return String(value);
  const size = Math.abs(value);
  const digits = value.toPrecision(3);
  if (size >= 1e-4 && size < 1e6) return String(digits.includes('e') ? Number(digits) : digits);
  return Number(digits).toExponential(2).replace('e+', 'e');
}

/** A count with thousands set apart: 10,000. */
export const count = (value: number): string => value.toLocaleString('en-US');
