import { defineStore } from 'pinia';
import { computed, nextTick, shallowRef, watch, type ComputedRef } from 'vue';
import { usePreferences } from '../../stores/preferences.ts';
import { readTheme, type Theme } from './theme.ts';

/** Read once for all charts: asking for an element's style in the midst of making a page lays out what there is of it, for every chart anew. */
const useThemeStore = defineStore('chart-theme', () => {
  const preferences = usePreferences();
  const theme = shallowRef(readTheme(document.documentElement));
  const read = (): void => {
    const now = readTheme(document.documentElement);
    if (JSON.stringify(now) !== JSON.stringify(theme.value)) theme.value = now;
  };
  // The document may take on another theme in this very turn.
  void nextTick(read);
  // After the document's own attribute has changed, which an effect of the preferences does before rendering.
  watch(() => preferences.dark, read, { flush: 'post' });
  return { theme };
});

/** The theme that canvases draw with, another one when light turns to dark. */
export function useTheme(): ComputedRef<Theme> {
  const store = useThemeStore();
  return computed(() => store.theme);
}
