import type { Chart, ChartConfiguration, Plugin } from 'chart.js';
import type { CurvesDataset } from '../curve/CurvesController.ts';
import type { LineSeries, Marker, ReferenceLine } from '../types.ts';
import { drawGutter, gutterFont, gutterWidth } from './draw-gutter.ts';
import { gutterLabels, type GutterLabel } from './gutter.ts';
import { lineOptions, type LineLook } from './line-options.ts';
import { drawMarkers, drawReferences } from './marks.ts';

/** What a line chart shows. */
export interface LineContent {
  readonly series: readonly LineSeries[];
  readonly references: readonly ReferenceLine[];
  readonly markers: readonly Marker[];
  readonly smoothing: number;
}

/** The window on the data: absent axes show everything that there is. */
export interface View {
  readonly x?: readonly [number, number];
  readonly y?: readonly [number, number];
}

export const datasetOf = ({ series, smoothing, references }: LineContent, { scale }: LineLook): CurvesDataset => ({ type: 'curves', data: [], curves: series, smoothing, logarithmic: scale === 'log', levels: references.map(({ y }) => y), moving: false });

/** Draws what stands around the curves: reference lines below them, marks on the axis, labels in the gutter. */
export interface Surroundings extends Plugin {
  set(content: LineContent, look: LineLook): void;
  /** Whether what was set fits in the room that the chart's last layout left for it. */
  fits(chart: Chart): boolean;
}

export function surroundings(): Surroundings {
  let now: { content: LineContent; look: LineLook; labels: GutterLabel[] } | undefined;
  return {
    id: 'surroundings',
    set: (content, look) => (now = { content, look, labels: gutterLabels(content.series, content.references, content.smoothing, look.number) }),
    fits: (chart) => now === undefined || gutterOf(chart).right === gutterRoom(chart, now.labels, now.look),
    beforeUpdate: (chart) => {
      if (now) gutterOf(chart).right = gutterRoom(chart, now.labels, now.look);
    },
    beforeDatasetsDraw: (chart) => {
      if (now) drawReferences(chart, now.content.references, now.look.theme);
    },
    afterDatasetsDraw: (chart) => {
      if (!now) return;
      drawMarkers(chart, now.content.series, now.content.markers, now.look.theme);
      drawGutter(chart, now.labels, now.look.theme);
    },
  };
}

/** The options as given: Chart.js resolves them anew for every update. */
const gutterOf = (chart: Chart): { right: number } => chart.config.options!.layout!.padding as { right: number };

function gutterRoom({ ctx, width }: Chart, labels: readonly GutterLabel[], { theme }: LineLook): number {
  ctx.save();
  ctx.font = gutterFont(theme);
  const room = gutterWidth(labels, width, (text) => ctx.measureText(text).width);
  ctx.restore();
  return room;
}

export function setView(chart: Chart, { x, y }: View): void {
  const scales = chart.config.options!.scales as Record<'x' | 'y', { min: number | undefined; max: number | undefined }>;
  [scales.x.min, scales.x.max] = x ?? [undefined, undefined];
  [scales.y.min, scales.y.max] = y ?? [undefined, undefined];
}

/** Whether the window is the one that the chart was last laid out for. */
export function isView(chart: Chart, view: View): boolean {
  return (['x', 'y'] as const).every((axis) => {
    const { min, max, minDefined, maxDefined } = chart.scales[axis]!.getUserBounds();
    const wanted = view[axis];
    return wanted ? minDefined && maxDefined && min === wanted[0] && max === wanted[1] : !minDefined && !maxDefined;
  });
}

/** A still chart for a picture. */
export function stillConfig(content: LineContent, look: LineLook, view: View): ChartConfiguration {
  const around = surroundings();
  around.set(content, look);
  const options = lineOptions(look) as { scales: Record<'x' | 'y', object> };
  if (view.x) Object.assign(options.scales.x, { min: view.x[0], max: view.x[1] });
  if (view.y) Object.assign(options.scales.y, { min: view.y[0], max: view.y[1] });
  return { type: 'curves', data: { datasets: [datasetOf(content, look)] }, options, plugins: [around] } as unknown as ChartConfiguration;
}
