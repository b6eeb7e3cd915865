import { useElementVisibility } from '@vueuse/core';
import { shallowRef, useTemplateRef, watch, type Ref } from 'vue';
import type { LiveRun } from '../data/LiveRun.ts';

/**
 * When a chart of a run has something new to draw. What nobody can see is not drawn: neither while the display is held, nor while the
 * chart is scrolled away; the data goes on, and both catch up at once.
 *
 * @returns a count that moves, and the template ref `box` of what must be in sight
 */
export function useDrawn(live: Ref<LiveRun>, paused: Ref<boolean>) {
  const box = useTemplateRef<HTMLElement>('box');
  const visible = useElementVisibility(box, { rootMargin: '100px' });
  const version = shallowRef(0);
  watch([live, () => live.value.changes.value, paused, visible], () => {
    if (visible.value && !paused.value) version.value++;
  });
  return { version, box };
}
