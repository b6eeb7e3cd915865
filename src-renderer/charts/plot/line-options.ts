import type { ChartOptions, Tick } from 'chart.js';
import type { Scale } from '../types.ts';
import type { Theme } from './theme.ts';

export interface LineLook {
  readonly theme: Theme;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly scale: Scale;
  readonly threshold: number;
  /** Free space right of the plot for labels, px. */
  readonly gutter: number;
  labels(ticks: readonly number[]): string[];
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

export function lineOptions(look: LineLook): ChartOptions {
  const { scale, threshold, xTitle, yTitle, gutter } = look;
  const kind = scale === 'linear' ? '' : scale === 'log' ? ' (log)' : ' (symlog)';
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    normalized: true,
    parsing: false,
    events: [],
    layout: { padding: { top: 8, right: gutter, bottom: 0, left: 0 } },
    scales: {
      x: { axis: 'x', ...axisOptions(look, xTitle), tight: true },
      y: { axis: 'y', ...axisOptions(look, `${yTitle}${kind}`), mode: scale, threshold },
    },
  } as unknown as ChartOptions;
}
