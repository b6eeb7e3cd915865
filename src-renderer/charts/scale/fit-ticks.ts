/**
 * Ticks whose labels do not touch: as many as `most`, else fewer.
 * @param ticksFor round ticks, at most so many
 * @param place of a value along the axis, px
 * @param sizes what the labels take along the axis with the gap to the next, px
 */
export function fittingTicks(ticksFor: (most: number) => number[], most: number, place: (value: number) => number, sizes: (ticks: readonly number[]) => number[]): number[] {
  for (let count = most; count > 1; count--) {
    const ticks = ticksFor(count);
    const taken = sizes(ticks);
    if (ticks.every((tick, k) => k === 0 || Math.abs(place(tick) - place(ticks[k - 1]!)) >= (taken[k]! + taken[k - 1]!) / 2)) return ticks;
  }
  return ticksFor(1);
}
