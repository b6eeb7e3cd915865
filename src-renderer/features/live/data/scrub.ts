/** Which probe is looked at: the newest, whatever comes, or the one of an iteration. */
export type Shown = 'newest' | number;

/** Positions that the slider keeps: more would be finer than its pixels. */
const MOST = 2000;

/** Iterations of probes in order, with more of them; every second one is let go of when there are too many, never the first or the last. */
export function withIterations(known: readonly number[], more: Iterable<number>, most = MOST): readonly number[] {
  const added = [...more].filter((iteration) => !known.includes(iteration));
  if (added.length === 0) return known;
  let all = [...new Set([...known, ...added])].sort((a, b) => a - b);
  while (all.length > most) all = all.filter((_, place) => place === all.length - 1 || place % 2 === 0);
  return all;
}

/** Where the slider stands: −1 while there is no probe. */
export function positionOf(iterations: readonly number[], shown: Shown): number {
  if (shown === 'newest') return iterations.length - 1;
  const after = iterations.findIndex((iteration) => iteration >= shown);
  if (after === -1) return iterations.length - 1;
  if (after === 0 || iterations[after] === shown) return after;
  return iterations[after]! - shown < shown - iterations[after - 1]! ? after : after - 1;
}

/** The iteration that is shown; undefined while there is no probe. */
export const iterationOf = (iterations: readonly number[], shown: Shown): number | undefined => iterations[positionOf(iterations, shown)];

/** Moves by so many probes. Beyond the last one it follows the newest again; a step back from there looks at the one before it. */
export function moved(iterations: readonly number[], shown: Shown, by: number): Shown {
  if (iterations.length === 0) return 'newest';
  const position = positionOf(iterations, shown) + by;
  if (position >= iterations.length || (by > 0 && position === iterations.length - 1)) return 'newest';
  return iterations[Math.max(0, position)]!;
}

/** How far playing moves at each tick, so that any run is played in about six seconds. */
export const playStride = (count: number, tickMs: number): number => Math.max(1, Math.round((count * tickMs) / 6000));
