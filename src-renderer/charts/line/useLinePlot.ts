import { onBeforeUnmount, onMounted, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { LinePlot } from '../plot/LinePlot.ts';
import type { LineContent, View } from '../plot/line-config.ts';
import type { LineLook } from '../plot/line-options.ts';

/** How long a window must rest before its owner is told. */
const SETTLED_MS = 250;

export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * The plot on a canvas, kept up to date with content and look, told of through `drawn` and `settled`.
 * @param paused holds what is shown; the theme still changes
 */
export function useLinePlot(
  canvas: Readonly<Ref<HTMLCanvasElement | null>>,
  content: Readonly<Ref<LineContent>>,
  look: Readonly<Ref<LineLook>>,
  paused: () => boolean,
  on: { wheelable: (event: WheelEvent) => boolean; drawn: () => void; settled: (range: Range | null) => void },
): { plot: ShallowRef<LinePlot | undefined>; view: ShallowRef<View> } {
  const plot = shallowRef<LinePlot>();
  const view = shallowRef<View>({});
  let held: LineContent | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told: Range | null = null;

  function moved(now: View): void {
    view.value = now;
    clearTimeout(timer);
    timer = setTimeout(tell, SETTLED_MS);
  }

  function tell(): void {
    const { x } = view.value;
    const range = x ? { from: x[0], to: x[1] } : null;
    if (range?.from === told?.from && range?.to === told?.to) return;
    told = range;
    on.settled(range);
  }

  function show(): void {
    if (!canvas.value) return;
    if (!paused() || !held) held = content.value;
    if (plot.value) plot.value.show(held, look.value);
    else plot.value = new LinePlot(canvas.value, held, look.value, { wheelable: on.wheelable, moved, drawn: on.drawn });
  }

  onMounted(show);
  watch([content, look, paused], show, { flush: 'post' });
  onBeforeUnmount(() => {
    clearTimeout(timer);
    plot.value?.destroy();
  });
  return { plot, view };
}
