import { onBeforeUnmount, onMounted, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { PaintedPlot, type Painting } from './PaintedPlot.ts';

/** A painted plot on a canvas, kept up to date. `drawings` counts how often it was drawn: what lies over it must follow. */
export function usePaintedPlot(canvas: Readonly<Ref<HTMLCanvasElement | null>>, painting: Readonly<Ref<Painting>>): { plot: ShallowRef<PaintedPlot | undefined>; drawings: ShallowRef<number> } {
  const plot = shallowRef<PaintedPlot>();
  const drawings = shallowRef(0);

  function show(): void {
    if (!canvas.value) return;
    if (plot.value) plot.value.show(painting.value);
    else plot.value = new PaintedPlot(canvas.value, painting.value, () => drawings.value++);
  }

  onMounted(show);
  watch(painting, show, { flush: 'post' });
  onBeforeUnmount(() => plot.value?.destroy());
  return { plot, drawings };
}
