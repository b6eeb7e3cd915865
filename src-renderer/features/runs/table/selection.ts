/** Which runs are chosen, and where a range would start. Ids, so that it outlives filters and changes. */
export interface Selection {
  readonly chosen: ReadonlySet<number>;
  readonly anchor: number | null;
}

export const NOTHING: Selection = { chosen: new Set(), anchor: null };

export const only = (id: number): Selection => ({ chosen: new Set([id]), anchor: id });

export function toggle({ chosen }: Selection, id: number): Selection {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return { chosen: next, anchor: id };
}

/** From the anchor to a run, both included, in the order shown; the anchor stays. Without a visible anchor: that run alone. */
export function range(selection: Selection, shown: readonly number[], to: number): Selection {
  const [from, end] = [shown.indexOf(selection.anchor ?? -1), shown.indexOf(to)];
  if (from === -1 || end === -1) return only(to);
  return { chosen: new Set(shown.slice(Math.min(from, end), Math.max(from, end) + 1)), anchor: selection.anchor };
}

export const everything = (shown: readonly number[]): Selection => ({ chosen: new Set(shown), anchor: shown[0] ?? null });

/** What of a selection still exists. */
export function existing(selection: Selection, exists: (id: number) => boolean): Selection {
  const kept = [...selection.chosen].filter(exists);
  return kept.length === selection.chosen.size ? selection : { chosen: new Set(kept), anchor: selection.anchor };
}
