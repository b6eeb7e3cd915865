import { ticksOf } from '../scale/ticks.ts';
import { thresholdOf, transformOf } from '../scale/transform.ts';
import type { Dimension, ParallelProps, Scale } from '../types.ts';

export type ParallelLine = ParallelProps['lines'][number];

/** A vertical axis: where values stand on it, from 0 at its foot to 1 at its head. */
export interface ParallelAxis {
  readonly dimension: Dimension;
  readonly scale: Scale;
  /** Values that stand on it, from foot to head, each once. */
  readonly steps: readonly (number | string)[];
  readonly ticks: readonly (number | string)[];
  /** Undefined for what is missing or not finite: it stands below the axis. */
  readonly place: (value: number | string | null | undefined) => number | undefined;
}

/** Ticks of a category axis at most; of more every second, third … one is written. */
const MOST_CATEGORIES = 12;
const MOST_VALUES = 6;
/** Of the axis' length, between ticks at values. */
const NEAREST = 0.08;

export const axisOf = (dimension: Dimension, lines: readonly ParallelLine[]): ParallelAxis => (dimension.kind === 'category' ? categories(dimension, lines) : numbers(dimension, lines));

function categories(dimension: Dimension, lines: readonly ParallelLine[]): ParallelAxis {
  const steps = [...new Set(lines.map(({ values }) => values[dimension.key]).filter((value) => value !== null && value !== undefined).map(String))];
  const index = new Map(steps.map((name, k) => [name, k]));
  const stride = Math.ceil(steps.length / MOST_CATEGORIES);
  return {
    dimension,
    scale: 'linear',
    steps,
    ticks: steps.filter((_, k) => k % stride === 0),
    place: (value) => {
      const k = value === null || value === undefined ? undefined : index.get(String(value));
      return k === undefined ? undefined : steps.length === 1 ? 0.5 : k / (steps.length - 1);
    },
  };
}

function numbers(dimension: Dimension, lines: readonly ParallelLine[]): ParallelAxis {
  const steps = [...new Set(lines.map(({ values }) => values[dimension.key]).filter((value): value is number => typeof value === 'number' && Number.isFinite(value)))].sort((a, b) => a - b);
  const [min, max] = [steps[0] ?? 0, steps.at(-1) ?? 1];
  const scale: Scale = dimension.log ? (min > 0 ? 'log' : 'symlog') : 'linear';
  const threshold = scale === 'symlog' ? thresholdOf(steps.map(Math.abs)) : 1;
  const { forward } = transformOf(scale, threshold);
  const span = forward(max) - forward(min);
  const place = (value: number | string | null | undefined): number | undefined => (typeof value !== 'number' || !Number.isFinite(value) ? undefined : span > 0 ? (forward(value) - forward(min)) / span : 0.5);
  // A setting that was tried at a few values shows just those, where they do not crowd.
  const few = steps.length <= MOST_VALUES && steps.every((step, k) => k === 0 || place(step)! - place(steps[k - 1])! >= NEAREST);
  return { dimension, scale, steps, ticks: few ? steps : ticksOf(scale, min, max, threshold), place };
}

/** Chosen stretches by dimension, as places 0 … 1 with both ends included. */
export type Brushes = Readonly<Record<string, readonly [number, number]>>;

/** Whether a line passes through every chosen stretch. What is missing on an axis passes through none of its stretches. */
export const passes = (line: ParallelLine, axes: readonly ParallelAxis[], brushes: Brushes): boolean =>
  axes.every(({ dimension, place }) => {
    const brush = brushes[dimension.key];
    if (!brush) return true;
    const at = place(line.values[dimension.key]);
    return at !== undefined && at >= brush[0] - 1e-9 && at <= brush[1] + 1e-9;
  });
