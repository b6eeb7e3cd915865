/** How numbers are written, as the person has set it. */
export interface NumberFormat {
  /** Significant digits. */
  readonly digits: number;
  readonly thousands: 'comma' | 'space' | 'none';
}

const MISSING = '—';
const SEPARATOR = { comma: ',', space: '\u202f', none: '' };

/** A measured number: significant digits, exponents where they read better, NaN as NaN, a dash where there is none. */
export function formatNumber(value: number | null | undefined, { digits, thousands }: NumberFormat): string {
  if (value === null || value === undefined) return MISSING;
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size < 1e-3 || size >= 1e7 ? value.toExponential(digits - 1).replace('e+', 'e') : Math.round(size) >= 10 ** digits ? Math.round(value).toString() : value.toPrecision(digits);
  return minus(separate(text, thousands));
}

/** For narrow places: at most three significant digits, as few characters as say them (0.05, −12.5, 1e10, 2.35e−7). */
export function formatShort(value: number): string {
  if (!Number.isFinite(value)) return formatNumber(value, { digits: 3, thousands: 'none' });
  const short = Number(value.toPrecision(3));
  const size = Math.abs(short);
  return minus(size !== 0 && (size < 1e-3 || size >= 1e5) ? short.toExponential().replace('e+', 'e') : String(short));
}

/** A whole number: every digit, thousands separated. */
export function formatCount(value: number | null | undefined, { thousands }: Pick<NumberFormat, 'thousands'>): string {
  return value === null || value === undefined ? MISSING : minus(separate(String(Math.round(value)), thousands));
}

/** Every digit there is, for a tooltip. */
export const formatExact = (value: number): string => minus(String(value));

const minus = (text: string): string => text.replaceAll('-', '−');

function separate(text: string, thousands: NumberFormat['thousands']): string {
  return text.replace(/^-?\d{4,}/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, SEPARATOR[thousands]));
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

export function formatBytes(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined || !Number.isFinite(bytes)) return MISSING;
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  // The unit in which three digits are below 1000, also after rounding: 999,600 is 1.00 MB.
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes * 1.0005) / 3));
  const amount = bytes / 1000 ** power;
  return `${amount >= 999.5 ? Math.round(amount) : amount.toPrecision(3)} ${UNITS[power]}`;
}

/** 850 ms, 4.2 s, 2 m 14 s, 3 h 05 m, 2 d 4 h. */
export function formatDuration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return MISSING;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} m ${String(whole % 60).padStart(2, '0')} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} m`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
