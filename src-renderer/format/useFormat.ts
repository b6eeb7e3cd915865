import { computed } from 'vue';
import { usePreferences } from '../stores/preferences.ts';
import { formatCount, formatNumber } from './numbers.ts';

/** Number formats bound to what the person has set. */
export function useFormat() {
  const store = usePreferences();
  const format = computed(() => store.preferences);
  return {
    number: (value: number | null | undefined) => formatNumber(value, format.value),
    count: (value: number | null | undefined) => formatCount(value, format.value),
  };
}
