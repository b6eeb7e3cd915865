const two = (value: number): string => String(value).padStart(2, '0');

/** A moment in local time that sorts as it reads: 2026-03-07 14:05. */
export function formatMoment(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return '—';
  const date = new Date(ms);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
