import { computed, shallowRef } from 'vue';
import type { MenuItem } from '../../controls/ActionMenu.vue';
import { usePreferences } from '../../stores/preferences.ts';
import type { Column } from './entries.ts';
import { HIDDEN_AT_FIRST, tableColumns } from './table-columns.ts';
import { fittingColumns, type Pictures } from './table-layout.ts';

const KEY = 'replay.hidden-columns';
const LONG: Partial<Record<string, string>> = { 'Gen.': 'Generation', 'Gen. now': 'Generation now' };

/**
 * Which columns of numbers the table shows: those that fit, until a person has chosen some, which is remembered.
 * @param width that the table has, px; 0 while it is not known
 */
export function useColumns(hasEnergy: () => boolean, assessed: () => boolean, pictures: () => Pictures | null, width: () => number) {
  const preferences = usePreferences();
  const hidden = shallowRef(preferences.layout.get(KEY) as Column[] | null | undefined);
  const all = computed(() => tableColumns(hasEnergy(), assessed()));
  const columns = computed(() => {
    if (hidden.value) return all.value.filter(({ column }) => !hidden.value!.includes(column));
    const usual = all.value.filter(({ column }) => !HIDDEN_AT_FIRST.includes(column));
    return width() > 0 ? fittingColumns(usual, pictures(), width()) : usual;
  });

  function choose(next: Column[] | null): void {
    hidden.value = next;
    preferences.remember(KEY, next);
  }

  function toggle(column: Column): void {
    const shown = new Set(columns.value.map((one) => one.column));
    if (!shown.delete(column)) shown.add(column);
    choose(all.value.map((one) => one.column).filter((one) => !shown.has(one)));
  }

  const items = computed<MenuItem[]>(() => [
    { label: 'As many as fit', checked: !hidden.value, run: () => choose(null) },
    ...all.value.map(({ column, title }, k) => ({ label: LONG[title] ?? title, separated: k === 0, checked: columns.value.some((one) => one.column === column), run: () => toggle(column) })),
  ]);
  return { columns, items };
}
