import { styleOf, type SeriesStyle } from '../../../format/colours.ts';
import type { RunGroup } from '../groups/group-runs.ts';

const COLOURS = 8;

/**
 * Colour and dash of each group. A run by itself keeps its own, as on every page; a group takes that of its oldest run, or the
 * next free one when an earlier group has it.
 */
export function groupStyles(groups: readonly RunGroup[]): ReadonlyMap<string, SeriesStyle> {
  const styles = new Map<string, SeriesStyle>();
  const taken = new Set<string>();
  for (const { key, runs } of groups) {
    const oldest = Math.min(...runs.map(({ id }) => id));
    let style = styleOf(oldest);
    // A group of several is free to choose: first another colour, and once all are used, the same one.
    for (let next = oldest + 1; runs.length > 1 && taken.has(style.light) && next < oldest + COLOURS; next++) style = styleOf(next);
    taken.add(style.light);
    styles.set(key, style);
  }
  return styles;
}
