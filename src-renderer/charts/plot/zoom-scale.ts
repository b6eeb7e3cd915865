import type { Scale as ChartScale } from 'chart.js';
import zoomPlugin from 'chartjs-plugin-zoom';
import type { Axis } from './window.ts';

/** What the zoom plugin's gestures do is ours to say: it knows no axis of our kind, and would zoom a log axis as if it were linear. */
export interface Zoomable {
  /** @param factor below 1 zooms in, around a pixel */
  zoom(axis: 'x' | 'y', pixel: number, factor: number): void;
  pan(axis: 'x' | 'y', pixels: number): void;
}

const zoomables = new WeakMap<object, Zoomable>();

/** Answers the gestures on a chart. */
export const onGestures = (chart: object, zoomable: Zoomable): unknown => zoomables.set(chart, zoomable);

export function axisOf(scale: ChartScale): Axis {
  const toValue = (pixel: number): number => scale.getValueForPixel(pixel) ?? NaN;
  return scale.isHorizontal() ? { low: scale.left, high: scale.right, toValue } : { low: scale.bottom, high: scale.top, toValue };
}

type Functions = Record<string, (scale: ChartScale, amount: number, center?: { x: number; y: number }) => boolean>;

const { zoomFunctions, panFunctions } = zoomPlugin as unknown as { zoomFunctions: Functions; panFunctions: Functions };
zoomFunctions['number'] = (scale, amount, center) => {
  const axis = scale.isHorizontal() ? 'x' : 'y';
  zoomables.get(scale.chart)?.zoom(axis, center![axis], 1 / amount);
  return true;
};
panFunctions['number'] = (scale, pixels) => {
  zoomables.get(scale.chart)?.pan(scale.isHorizontal() ? 'x' : 'y', pixels);
  return true;
};

export { zoomPlugin };
