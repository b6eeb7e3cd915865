/** From the point to what is said of it, px. */
const GAP = 12;

/**
 * Where something stands beside a point so that it stays inside: after it where there is room, else before it, else as far inside as
 * it goes. The same along both axes.
 * @param at the point, @param size of what stands beside it, @param length of the inside; px
 * @returns its start, px; 0 where it is longer than the inside
 */
export function placeBeside(at: number, size: number, length: number): number {
  if (at + GAP + size <= length) return Math.max(0, at + GAP);
  const before = Math.min(at - GAP, length) - size;
  if (before >= 0) return before;
  return Math.max(0, Math.min(at + GAP, length - size));
}
