import { computed, shallowRef, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { usePreferences } from '../../../stores/preferences.ts';
import { readLink, writeLink, type Query } from './link.ts';
import type { CompareView } from './view.ts';

const REMEMBERED = 'compare.last';

/**
 * The page's view, kept in the address. An address without any of it (from the rail) opens what was last compared.
 */
export function useCompareView() {
  const route = useRoute();
  const router = useRouter();
  const preferences = usePreferences();
  const first = readLink(route.query);
  const view = shallowRef(first.view);
  const problems = shallowRef(first.problems);
  const waiting = shallowRef(isBare(route.query));
  let written = JSON.stringify(writeLink(view.value));

  function change(next: CompareView): void {
    if (next === view.value) return;
    view.value = next;
    const link = writeLink(next);
    written = JSON.stringify(link);
    preferences.remember(REMEMBERED, link);
    void router.replace({ path: route.path, query: link });
  }

  // A link that was followed while the page is open; what `change` wrote comes back here too and is known.
  watch(
    () => route.query,
    (query) => {
      if (route.path !== '/compare') return;
      const read = readLink(query);
      const link = JSON.stringify(writeLink(read.view));
      if (link === written && read.problems.length === 0) return;
      written = link;
      view.value = read.view;
      problems.value = read.problems;
    },
  );

  // What was remembered is known once the host has told it.
  watch(
    () => preferences.info,
    (info) => {
      if (!info || !waiting.value) return;
      waiting.value = false;
      const last = preferences.layout.get(REMEMBERED);
      if (isBare(route.query) && typeof last === 'object' && last !== null) change(readLink(last as Query).view);
    },
    { immediate: true },
  );

  const link = computed(() => new URL(router.resolve({ path: '/compare', query: writeLink(view.value) }).href, location.origin).href);
  return { view, problems, link, change };
}

const isBare = (query: Query): boolean => Object.keys(query).length === 0;
