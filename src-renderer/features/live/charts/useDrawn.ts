import { useElementVisibility, watchThrottled } from '@vueuse/core';
import { onScopeDispose, shallowRef, useTemplateRef, type Ref } from 'vue';
import type { LiveRun } from '../data/LiveRun.ts';
import { FrameQueue } from './FrameQueue.ts';

const queue = new FrameQueue();

/**
 * When a chart of a run has something new to draw. What nobody can see is not drawn: neither while the display is held, nor while the
 * chart is scrolled away; the data goes on, and both catch up at once. Charts take turns, one a frame.
 *
 * @param everyMs at most once in so long: ten drawings a second of every chart cost the training its processors
 * @returns a count that moves, and the template ref `box` of what must be in sight
 */
export function useDrawn(live: Ref<LiveRun>, paused: Ref<boolean>, everyMs = 0) {
  const box = useTemplateRef<HTMLElement>('box');
  const visible = useElementVisibility(box, { rootMargin: '100px' });
  const version = shallowRef(0);
  const draw = () => version.value++;
  watchThrottled(
    [live, () => live.value.changes.value, paused, visible],
    () => {
      if (visible.value && !paused.value) queue.add(draw);
    },
    { throttle: everyMs, leading: true, trailing: true },
  );
  onScopeDispose(() => queue.remove(draw));
  return { version, box };
}
