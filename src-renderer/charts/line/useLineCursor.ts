import { computed, onBeforeUnmount, shallowRef, watch, type Ref } from 'vue';
import { inFrame } from '../plot/frames.ts';
import type { LinePlot } from '../plot/LinePlot.ts';
import { cursorOf } from '../plot/cursors.ts';
import { nearestX, readAt, stepX, type Reading } from '../plot/reading.ts';
import { drawLayer, type Box } from './cursor-layer.ts';

/** An event this near to the cursor is named, px. */
const EVENT_NEAR = 5;
/** Lines read aloud; more would never end. */
const MOST_SPOKEN = 6;

/**
 * The cursor of a chart and of those in its group: where it is, what is read there, and the layer it is drawn on.
 * @param spoken words for a value, @param xWords for a place
 */
export function useLineCursor(group: () => string | undefined, plot: Readonly<Ref<LinePlot | undefined>>, layer: Readonly<Ref<HTMLCanvasElement | null>>, xTitle: () => string, spoken: (value: number) => string, xWords: (x: number) => string) {
  const me = Symbol('chart');
  const shared = computed(() => cursorOf(group()));
  const cursor = computed(() => shared.value.value);
  const mine = computed(() => cursor.value?.source === me);
  /** Counts drawings: curves and window may be others although the cursor rests. */
  const drawings = shallowRef(0);
  const box = shallowRef<Box>();
  const pointed = shallowRef<number>();
  let cancel: () => void = () => undefined;
  let wasBlank = true;

  const reading = computed<(Reading & { readonly at: number }) | undefined>(() => {
    const shown = drawings.value > 0 ? plot.value?.shown : undefined;
    if (!mine.value || !cursor.value || !shown || !plot.value) return undefined;
    const { x, y } = plot.value.chart.scales;
    const at = x!.getPixelForValue(cursor.value.x);
    if (!(cursor.value.x >= x!.min && cursor.value.x <= x!.max)) return undefined;
    const within = Math.abs(x!.getValueForPixel(EVENT_NEAR)! - x!.getValueForPixel(0)!);
    const near = pointed.value === undefined ? undefined : y!.getValueForPixel(pointed.value);
    const { series, markers, smoothing } = shown.content;
    return { ...readAt(series, markers, smoothing, cursor.value.x, within, near), at };
  });

  /** For those who hear the chart: only where keys moved the cursor, a pointer would never be silent. */
  const words = computed(() => {
    if (!reading.value || !cursor.value?.keys) return '';
    const { x, rows, more, events } = reading.value;
    const values = rows.slice(0, MOST_SPOKEN).map((row) => `${row.label} ${Number.isFinite(row.value) ? spoken(row.value) : String(row.value)}`);
    const rest = rows.length + more - values.length;
    return [`${xTitle()} ${xWords(x)}`, ...values, ...(rest > 0 ? [`and ${rest} more`] : []), ...events].join(', ');
  });

  function draw(): void {
    const shown = plot.value?.shown;
    const blank = cursor.value === undefined && box.value === undefined;
    if (blank && wasBlank) return;
    wasBlank = blank;
    // Not merely empty: the browser would lay it over the curves again with every frame.
    if (layer.value) layer.value.hidden = blank;
    if (layer.value && plot.value && shown && !blank) drawLayer(layer.value, plot.value.chart, shown.look.theme, shown.content.series, shown.content.smoothing, cursor.value?.x, box.value);
  }

  function soon(): void {
    cancel = inFrame(draw);
  }

  watch([cursor, box], soon);
  onBeforeUnmount(() => {
    cancel();
    if (mine.value) shared.value.value = undefined;
  });

  function set(x: number | undefined, keys: boolean): void {
    if (x !== undefined) shared.value.value = { x, source: me, keys };
    else if (mine.value) shared.value.value = undefined;
  }

  /** Points at a place on the canvas; outside the plot nothing is pointed at. */
  function point(px: number, py: number): void {
    const shown = plot.value?.shown;
    const area = plot.value?.chart.chartArea;
    if (!shown || !area || px < area.left - 8 || px > area.right + 8 || py < 0 || py > area.bottom + 8) {
      leave();
      return;
    }
    pointed.value = py;
    set(nearestX(shown.content.series, plot.value.chart.scales['x']!.getValueForPixel(px)!), false);
  }

  function leave(): void {
    if (!cursor.value?.keys) set(undefined, false);
  }

  /** Moves by keys. @param far by a tenth of the window, else by a sample, but at least by a pixel */
  function step(direction: 1 | -1, far: boolean): void {
    const shown = plot.value?.shown;
    const x = plot.value?.chart.scales['x'];
    if (!shown || !x) return;
    const width = x.max - x.min;
    const at = cursor.value && cursor.value.x >= x.min && cursor.value.x <= x.max ? cursor.value.x : undefined;
    if (at === undefined) edge(direction > 0 ? -1 : 1);
    else moveTo(stepX(shown.content.series, at, direction, far ? width / 10 : width / Math.max(1, plot.value.chart.chartArea.width)));
  }

  /** Moves to the first or the last sample in sight. */
  function edge(direction: 1 | -1): void {
    const shown = plot.value?.shown;
    const x = plot.value?.chart.scales['x'];
    if (shown && x) moveTo(nearestX(shown.content.series, direction > 0 ? x.max : x.min));
  }

  /** A cursor that leaves the window takes the window along. */
  function moveTo(x: number | undefined): void {
    const scale = plot.value?.chart.scales['x'];
    if (x === undefined || !scale) return;
    pointed.value = undefined;
    const beyond = x > scale.max ? x - scale.max : x < scale.min ? x - scale.min : 0;
    if (beyond !== 0) plot.value.panBy(beyond / (scale.max - scale.min) + Math.sign(beyond) * 0.1, 0);
    set(x, true);
  }

  return {
    cursor,
    reading,
    words,
    point,
    leave,
    step,
    edge,
    hide: () => set(undefined, true),
    setBox: (now: Box | undefined) => (box.value = now),
    /** The plot was drawn anew. */
    drawn: () => {
      draw();
      drawings.value++;
    },
  };
}
