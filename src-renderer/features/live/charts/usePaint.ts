import { computed, type ComputedRef, type Ref } from 'vue';
import { useTheme } from '../../../charts/plot/use-theme.ts';
import { colourOf } from '../../../format/colours.ts';
import { usePreferences } from '../../../stores/preferences.ts';
import type { Paint } from './probe-lines.ts';

/** Colours of a run's charts in the theme at hand: canvases take no CSS variables. */
export function usePaint(run: Ref<number>): ComputedRef<Paint> {
  const store = usePreferences();
  const theme = useTheme();
  return computed(() => ({ run: colourOf(run.value, store.dark), muted: theme.value.muted }));
}
