import { watchDebounced, watchThrottled } from '@vueuse/core';
import { computed, ref, shallowRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useRuns } from '../../stores/runs.ts';
import { parseQuery } from './query/parse.ts';
import { FIRST_SORT, readSort, sortRuns, writeSort, type SortKey } from './table/sort.ts';

/** A running run tells of itself ten times a second; the table's order follows at this pace. */
const PACE_MS = 250;
/** The address follows typing after a pause. */
const TYPING_MS = 300;

/** Which runs the table shows, and in which order: from the address and back into it (`?q=…&sort=…`). */
export function useRunsView() {
  const store = useRuns();
  const route = useRoute();
  const router = useRouter();
  const told = (name: string) => (typeof route.query[name] === 'string' ? route.query[name] : undefined);

  const filter = ref(told('q') ?? '');
  const sort = shallowRef<readonly SortKey[]>(readSort(told('sort')));
  const runs = shallowRef(store.all);
  watchThrottled(() => store.all, (all) => (runs.value = all), { throttle: PACE_MS, leading: true, trailing: true });

  const query = computed(() => parseQuery(filter.value, Date.now()));
  const sorted = computed(() => sortRuns(runs.value, sort.value, Date.now()));
  const rows = computed(() => sorted.value.filter(query.value.matches));
  const leftOut = computed(() => (query.value.hidesArchived ? runs.value.filter(({ archived }) => archived).length : 0));

  watchDebounced(
    [filter, sort],
    () => {
      const { q: _q, sort: _sort, ...others } = route.query;
      const query = { ...others, ...(filter.value ? { q: filter.value } : {}), ...(sort.value === FIRST_SORT ? {} : { sort: writeSort(sort.value) }) };
      if (route.path === '/runs') void router.replace({ query });
    },
    { debounce: TYPING_MS },
  );

  return { filter, sort, runs, query, rows, leftOut };
}
