import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue';

/** A whole walk plays in about this time, but no step is shown for less than a tenth of a second or longer than half of one. */
const WHOLE_MS = 4000;

/** Which step of a walk is shown. Stays at the last one while walks change, unless a person has moved it. */
export function usePlayback(steps: Readonly<Ref<number>>) {
  /** null: the last one. */
  const held = shallowRef<number | null>(null);
  const playing = shallowRef(false);
  const step = computed({
    get: () => Math.min(steps.value, held.value ?? steps.value),
    set: (value: number) => (held.value = value >= steps.value ? null : Math.max(0, value)),
  });
  let timer: ReturnType<typeof setInterval> | undefined;

  function pause(): void {
    clearInterval(timer);
    playing.value = false;
  }

  function play(): void {
    if (steps.value === 0) return;
    if (step.value >= steps.value) step.value = 0;
    playing.value = true;
    timer = setInterval(
      () => {
        step.value += 1;
        if (step.value >= steps.value) pause();
      },
      Math.min(500, Math.max(100, WHOLE_MS / steps.value)),
    );
  }

  watch(steps, pause);
  onScopeDispose(pause);
  return { step, playing, toggle: () => (playing.value ? pause() : play()) };
}
