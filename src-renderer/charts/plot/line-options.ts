import type { ChartOptions, Tick } from 'chart.js';
import type { Scale } from '../types.ts';
import type { Theme } from './theme.ts';

/** How a line chart looks, apart from what it shows. */
export interface LineLook {
  readonly theme: Theme;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly scale: Scale;
  readonly threshold: number;
  /** x counts something: no ticks between whole numbers. */
  readonly whole: boolean;
  /** Words at ticks. */
  readonly labels: (ticks: readonly number[]) => string[];
  /** Words for last values. */
  readonly number: (value: number) => string;
}

/** Options of an axis in the house's look: title, faint grid, no box. */
export function axisOptions({ theme, labels }: Pick<LineLook, 'theme' | 'labels'>, title: string): Record<string, unknown> {
  const font = { family: theme.font, size: 12 };
  return {
    type: 'number',
    border: { display: false },
    grid: { color: theme.grid, lineWidth: 1, drawTicks: false },
    ticks: { callback: (_value: number, k: number, ticks: readonly Tick[]) => labels(ticks.map(({ value }) => value))[k], color: theme.muted, font, padding: 6, autoSkip: false, maxRotation: 0 },
    title: { display: title !== '', text: title, color: theme.muted, font, padding: { top: 2, bottom: 2 } },
  };
}

/** What a value axis' title says about its scale. */
export const scaleMark = (scale: Scale): string => (scale === 'linear' ? '' : ` (${scale})`);

export function lineOptions(look: LineLook): ChartOptions {
  const { scale, threshold, whole, xTitle, yTitle } = look;
  return {
    animation: false,
    responsive: false,
    maintainAspectRatio: false,
    normalized: true,
    parsing: false,
    // Pointing is read by ourselves: Chart.js would look for elements that do not exist.
    events: [],
    layout: { padding: { top: 10, right: 12, bottom: 0, left: 0 } },
    scales: {
      x: { axis: 'x', ...axisOptions(look, xTitle), tight: true, whole },
      y: { axis: 'y', ...axisOptions(look, `${yTitle}${scaleMark(scale)}`), mode: scale, threshold },
    },
  } as unknown as ChartOptions;
}
