import { shallowRef, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { fromQuery, toQuery, type View } from './address.ts';

/** Dragging a brush changes the view many times a second; the address follows when it rests. */
const REST_MS = 150;

/** What is shown of a buffer, kept in the page's address: a link, back and forward, and a reload reopen it. */
export function useView() {
  const route = useRoute();
  const router = useRouter();
  const path = route.path;
  const view = shallowRef<View>(fromQuery(route.query));
  let written = JSON.stringify(toQuery(view.value));

  watch(view, (now, _, onCleanup) => {
    const timer = setTimeout(() => {
      written = JSON.stringify(toQuery(now));
      void router.replace({ path, query: toQuery(now) });
    }, REST_MS);
    onCleanup(() => clearTimeout(timer));
  });
  watch(
    () => route.query,
    (query) => {
      if (route.path !== path) return;
      const asked = fromQuery(query);
      if (JSON.stringify(toQuery(asked)) !== written) view.value = asked;
    },
  );

  return { view, change: (changes: Partial<View>) => void (view.value = { ...view.value, ...changes }) };
}
