import { SERIES, styleOf, type SeriesStyle } from '../../../format/colours.ts';
import type { RunGroup } from '../groups/group-runs.ts';

/**
 * Colour and dash of each group. A run by itself keeps its own, as on every page; a group takes that of its oldest run, or the
 * next free one when an earlier group has it.
 */
export function groupStyles(groups: readonly RunGroup[]): ReadonlyMap<string, SeriesStyle> {
  const styles = new Map<string, SeriesStyle>();
  const taken = new Set<SeriesStyle>();
  for (const { key, runs } of groups) {
    const oldest = Math.min(...runs.map(({ id }) => id));
    let style = styleOf(oldest);
    for (let next = oldest + 1; runs.length > 1 && taken.has(style) && taken.size < SERIES.length; next++) style = styleOf(next);
    taken.add(style);
    styles.set(key, style);
  }
  return styles;
}
