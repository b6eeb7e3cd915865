import { watchDebounced, watchThrottled } from '@vueuse/core';
import { computed, ref, shallowRef, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useRuns } from '../../stores/runs.ts';
import { parseQuery } from './query/parse.ts';
import { prepareWords } from './query/words.ts';
import { FIRST_SORT, readSort, sortRuns, writeSort, type SortKey } from './table/sort.ts';

/** A running run tells of itself several times a second; the table's order follows at this pace. */
const PACE_MS = 250;
/** The address follows typing after a pause. */
const TYPING_MS = 300;

/** Rows that a window shows at most, for the next one's first picture. */
const PAGEFUL = 60;

/** What was filtered and sorted last in this window: whoever comes back by the rail finds it as it was left. */
let left: { readonly q?: string; readonly sort?: string } = {};

/** Which runs the table shows, and in which order: from the address and back into it (`?q=…&sort=…`). */
export function useRunsView() {
  const store = useRuns();
  const route = useRoute();
  const router = useRouter();
  const addressed = 'q' in route.query || 'sort' in route.query;
  const told = (name: 'q' | 'sort') => (addressed ? [route.query[name]].flat()[0] ?? undefined : left[name]);

  const filter = ref(told('q') ?? '');
  const sort = shallowRef<readonly SortKey[]>(readSort(told('sort')));
  const runs = shallowRef(store.shown);
  watchThrottled(() => store.shown, (all) => (runs.value = all), { throttle: PACE_MS, leading: true, trailing: true });

  // A link to this page while it is shown. What this page wrote itself is not news: by then the person may have typed on.
  watch(
    () => [route.query['q'], route.query['sort']] as const,
    ([q, keys]) => {
      if (route.path !== '/runs' || (q === left.q && keys === left.sort)) return;
      filter.value = typeof q === 'string' ? q : '';
      sort.value = readSort(typeof keys === 'string' ? keys : undefined);
    },
  );

  watch(runs, (now, _before, onCleanup) => onCleanup(prepareWords(now)), { immediate: true });

  const query = computed(() => parseQuery(filter.value, Date.now()));
  const sorted = computed(() => sortRuns(runs.value, sort.value, Date.now()));
  const rows = computed(() => sorted.value.filter(query.value.matches));
  watch(rows, (now) => store.sortedLast(now.slice(0, PAGEFUL).map(({ id }) => id)), { immediate: true });
  const archived = computed(() => runs.value.reduce((count, run) => count + (run.archived ? 1 : 0), 0));
  const leftOut = computed(() => (query.value.hidesArchived ? archived.value : 0));

  watchDebounced(
    [filter, sort],
    () => {
      left = { ...(filter.value ? { q: filter.value } : {}), ...(sort.value === FIRST_SORT ? {} : { sort: writeSort(sort.value) }) };
      const { q, sort: keys, ...others } = route.query;
      // An address that says so already is left alone: writing it anew would cancel the way to another page, as to the first run's.
      if (route.path === '/runs' && (q !== left.q || keys !== left.sort)) void router.replace({ query: { ...others, ...left } });
    },
    { debounce: TYPING_MS, immediate: true },
  );

  return { filter, sort, runs, query, rows, leftOut };
}
