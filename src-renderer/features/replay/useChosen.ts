import { shallowRef, watch, type Ref } from 'vue';
import { rowOf, type Entries } from './entries.ts';

/** The entry at hand, in the copy that has it. */
export interface Chosen {
  readonly uid: number;
  readonly entries: Entries;
  readonly row: number;
  readonly falseMinimum: boolean;
  /** Whether a newer copy no longer has it: it was overwritten meanwhile. */
  readonly overwritten: boolean;
}

/**
 * The chosen entry. Where a newer copy no longer has it, it stays as it was in the last copy that had it: a live run overwrites entries
 * within seconds, faster than a person looks at them.
 */
export function useChosen(uid: Readonly<Ref<number | null>>, entries: Readonly<Ref<Entries | null | undefined>>, marks: Readonly<Ref<Uint8Array>>) {
  const chosen = shallowRef<Chosen>();
  watch(
    [uid, entries, marks],
    ([wanted, copy]) => {
      if (wanted === null || !copy) {
        chosen.value = undefined;
        return;
      }
      const row = rowOf(copy, wanted);
      if (row >= 0) chosen.value = { uid: wanted, entries: copy, row, falseMinimum: marks.value[row] === 1, overwritten: false };
      else chosen.value = chosen.value?.uid === wanted ? { ...chosen.value, overwritten: true } : undefined;
    },
    { immediate: true },
  );
  return chosen;
}
