/** Reads what is typed as a value. Each gives undefined for what is none. */

const THOUSANDS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6 };
const SPANS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** 0.01, 1e-3, 10k, 42%. */
export function readNumber(text: string): number | undefined {
  const [, plain, suffix] = /^(.*?)([km%])?$/i.exec(text)!;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain!)) return undefined;
  return Number(plain) * (THOUSANDS[suffix?.toLowerCase() ?? ''] ?? 1);
}

/** 90s, 5m, 1.5h, 2d; a plain number is seconds. In ms. */
export function readDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d+\.?\d*|\.\d+)(ms|s|m|h|d|w)?$/i.exec(text) ?? [];
  return amount === undefined ? undefined : Number(amount) * SPANS_MS[unit?.toLowerCase() ?? 's']!;
}

/** A day (2026-03-07), a minute of one (2026-03-07T14:05), both in local time; as [first, last] ms. */
export function readDay(text: string): readonly [number, number] | undefined {
  const [, day, clock] = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}))?$/i.exec(text) ?? [];
  if (day === undefined) return undefined;
  const from = new Date(`${day}T${clock ?? '00:00'}`).getTime();
  return Number.isNaN(from) ? undefined : [from, from + (clock === undefined ? SPANS_MS['d']! : SPANS_MS['m']!) - 1];
}
