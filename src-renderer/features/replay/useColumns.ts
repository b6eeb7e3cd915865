import { computed, shallowRef } from 'vue';
import type { MenuItem } from '../../controls/ActionMenu.vue';
import { usePreferences } from '../../stores/preferences.ts';
import type { Column } from './entries.ts';
import { HIDDEN_AT_FIRST, tableColumns } from './table-columns.ts';

const KEY = 'replay.hidden-columns';

/** Which columns of numbers the table shows: chosen from a menu, and remembered. */
export function useColumns(hasEnergy: () => boolean, assessed: () => boolean) {
  const preferences = usePreferences();
  const hidden = shallowRef(new Set<Column>((preferences.layout.get(KEY) as Column[] | undefined) ?? HIDDEN_AT_FIRST));
  const all = computed(() => tableColumns(hasEnergy(), assessed()));
  const columns = computed(() => all.value.filter(({ column }) => !hidden.value.has(column)));

  function toggle(column: Column): void {
    const next = new Set(hidden.value);
    if (!next.delete(column)) next.add(column);
    hidden.value = next;
    preferences.remember(KEY, [...next]);
  }

  const items = computed<MenuItem[]>(() => all.value.map(({ column, title }) => ({ label: title === 'Gen.' ? 'Generation' : title === 'Gen. now' ? 'Generation now' : title, checked: !hidden.value.has(column), run: () => toggle(column) })));
  return { columns, items };
}
