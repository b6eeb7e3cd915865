import { computed, shallowRef, watch, type WritableComputedRef } from 'vue';
import { usePreferences } from '../../stores/preferences.ts';
import type { LineChartProps, Scale } from '../types.ts';

const SCALES: readonly Scale[] = ['linear', 'log', 'symlog'];

/** A chart's id as a key of the remembered layout. */
export const layoutKey = (id: string): string => `chart.${id.toLowerCase().replace(/[^a-z0-9.-]+/g, '-')}`.slice(0, 64);

/** How a chart is drawn now, as its owner or the person wants it. */
export interface LineSettings {
  readonly scale: WritableComputedRef<Scale>;
  /** Weight of the moving average, 0 … 0.999. */
  readonly smoothing: WritableComputedRef<number>;
}

export type LookProps = Pick<LineChartProps, 'id' | 'scale' | 'smoothable' | 'smoothing' | 'controlled'>;

/** Scale and smoothing: kept by the owner of a controlled chart, which is told of a choice by `tell`; else remembered by the chart's id. */
export function useLineSettings(props: LookProps, tell: (look: { scale: Scale; smoothing: number }) => void): LineSettings {
  const store = usePreferences();
  const chosenScale = shallowRef<Scale>();
  const chosenSmoothing = shallowRef<number>();

  function recall(): void {
    const kept = (props.controlled ? {} : (store.layout.get(layoutKey(props.id)) ?? {})) as { scale?: unknown; smoothing?: unknown };
    chosenScale.value = SCALES.find((known) => known === kept.scale);
    chosenSmoothing.value = typeof kept.smoothing === 'number' && kept.smoothing >= 0 && kept.smoothing < 1 ? kept.smoothing : undefined;
  }

  watch([() => props.id, () => props.controlled], recall, { immediate: true });

  let timer: ReturnType<typeof setTimeout> | undefined;
  function choose(scaleNow: Scale, smoothingNow: number): void {
    if (!props.controlled) {
      chosenScale.value = scaleNow;
      chosenSmoothing.value = smoothingNow;
      // A slider says many values on its way.
      clearTimeout(timer);
      timer = setTimeout(() => store.remember(layoutKey(props.id), { scale: scaleNow, smoothing: smoothingNow }), 400);
    }
    tell({ scale: scaleNow, smoothing: smoothingNow });
  }

  const scale = computed<Scale>({
    get: () => chosenScale.value ?? props.scale ?? 'linear',
    set: (next) => choose(next, smoothing.value),
  });
  const smoothing = computed<number>({
    get: () => (props.smoothable ? (chosenSmoothing.value ?? props.smoothing ?? 0) : 0),
    set: (next) => choose(scale.value, next),
  });
  return { scale, smoothing };
}
