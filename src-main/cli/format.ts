/** Numbers, durations and sizes as a person reads them. Anything not finite is shown as it is. */

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

/** A duration from milliseconds: 480 ms, 12.3 s, 2 m 14 s, 1 h 05 m. */
export function duration(ms: number): string {
  if (!Number.isFinite(ms)) return String(ms);
  if (ms < 1000) return `${number(ms)} ms`;
  if (ms < 59_950) return `${number(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${two(seconds % 60)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} m`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)} d ${two(hours % 24)} h`;
}

/** A size from bytes: 812 B, 4.62 kB, 1.05 MB. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  return `${number(value / 1000 ** power)} ${units[power]!}`;
}

/** A moment, in this machine's time zone: 2026-03-01 14:05. */
export function moment(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
