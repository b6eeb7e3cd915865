import { shallowRef, type ShallowRef } from 'vue';

/** Where charts of one group mark the same x; undefined while nobody points. */
export interface Cursor {
  readonly x: number;
  /** The chart that is pointed at: it shows the table. */
  readonly source: symbol;
  /** Pointed at by keys: stays until it is moved or left. */
  readonly keys: boolean;
}

const groups = new Map<string, ShallowRef<Cursor | undefined>>();

/** The cursor that charts of a group share. A chart without a group has one of its own. */
export function cursorOf(group: string | undefined): ShallowRef<Cursor | undefined> {
  if (group === undefined) return shallowRef();
  let cursor = groups.get(group);
  if (!cursor) groups.set(group, (cursor = shallowRef()));
  return cursor;
}
