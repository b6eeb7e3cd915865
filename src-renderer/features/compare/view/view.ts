import type { SettingName } from '../../../../src-main/contract/config.ts';
import type { Scale } from '../../../charts/types.ts';

/** What curves are drawn against: iterations, time spent training, or the share of the planned iterations that is done. */
export type Axis = 'iteration' | 'time' | 'share';

/** Which runs are averaged: none, those that differ in the seed alone, or those with equal values of some settings. */
export type Grouping = 'none' | 'seeds' | readonly SettingName[];

/** One chart of the page. */
export interface ChartView {
  readonly metric: string;
  /** null: what suits the metric. */
  readonly scale: Scale | null;
  /** Weight of the past in the moving average, 0 … 0.999; 0 draws what was measured. */
  readonly smoothing: number;
}

/** An axis of the scatter chart: a setting or a result by its key (relations/fields.ts). */
export interface ScatterAxis {
  readonly field: string;
  readonly log: boolean;
}

/** Where the final table's numbers come from: the newest probe, or the last checkpoint on fresh problems. */
export type ErrorSource = 'probe' | 'evaluation';

/** Everything that the page shows; its address holds it whole, so that a link reopens it. */
export interface CompareView {
  /** In the order of the legend. */
  readonly runs: readonly number[];
  readonly hidden: readonly number[];
  /** The run that others are measured against; with groups, the group that it is in. */
  readonly baseline: number | null;
  readonly grouping: Grouping;
  /** Draws the members of groups faintly. */
  readonly members: boolean;
  readonly axis: Axis;
  readonly charts: readonly ChartView[];
  /** Settings that are the same everywhere are listed too. */
  readonly allSettings: boolean;
  readonly source: ErrorSource;
  readonly sort: { readonly column: string; readonly descending: boolean } | null;
  /** null: what is at hand decides. */
  readonly scatter: { readonly x: ScatterAxis; readonly y: ScatterAxis } | null;
  readonly parallel: readonly string[] | null;
}

export const MAX_RUNS = 200;
export const MAX_CHARTS = 12;

export const DEFAULT_CHARTS: readonly ChartView[] = [
  { metric: 'loss', scale: null, smoothing: 0 },
  { metric: 'probe/same/error/last', scale: null, smoothing: 0 },
];

export const EMPTY_VIEW: CompareView = {
  runs: [],
  hidden: [],
  baseline: null,
  grouping: 'none',
  members: false,
  axis: 'iteration',
  charts: DEFAULT_CHARTS,
  allSettings: false,
  source: 'probe',
  sort: null,
  scatter: null,
  parallel: null,
};
