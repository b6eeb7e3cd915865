import { nextTick, onMounted, shallowRef, watch, type Ref } from 'vue';
import { usePreferences } from '../../stores/preferences.ts';
import { readTheme, type Theme } from './theme.ts';

/** The theme at an element, read anew when light turns to dark; undefined before it is mounted. */
export function useTheme(element: Readonly<Ref<Element | null>>): Readonly<Ref<Theme | undefined>> {
  const store = usePreferences();
  const theme = shallowRef<Theme>();
  const read = (): void => {
    if (!element.value) return;
    const now = readTheme(element.value);
    if (JSON.stringify(now) !== JSON.stringify(theme.value)) theme.value = now;
  };
  onMounted(() => {
    read();
    // The document may take on another theme in this very turn.
    void nextTick(read);
  });
  // After the document's own attribute has changed, which an effect of the store does before rendering.
  watch(() => store.dark, read, { flush: 'post' });
  return theme;
}
