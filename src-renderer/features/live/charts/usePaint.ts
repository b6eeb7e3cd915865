import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { colourOf } from '../../../format/colours.ts';
import { usePreferences } from '../../../stores/preferences.ts';
import type { Paint } from './probe-lines.ts';

/** Colours of a run's charts in the theme at hand: canvases take no CSS variables. */
export function usePaint(run: Ref<number>): ComputedRef<Paint> {
  const store = usePreferences();
  const muted = shallowRef('');
  // After the document has taken the theme on.
  watch(() => store.dark, () => (muted.value = getComputedStyle(document.documentElement).getPropertyValue('--text-muted').trim()), { immediate: true, flush: 'post' });
  return computed(() => ({ run: colourOf(run.value, store.dark), muted: muted.value }));
}
