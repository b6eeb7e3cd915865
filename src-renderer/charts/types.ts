/** What charts take. Arrays are handed over, never copied into reactivity: replace a series object to change it. */

/** One curve. x counts up; y may hold NaN, drawn as a gap and a red tick on the axis. */
export interface LineSeries {
  /** Stable, for colours, hiding and tests. */
  readonly key: string;
  readonly label: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** CSS colour for the theme at hand. */
  readonly colour: string;
  readonly dash?: readonly number[];
  /** Line width in px; 1.75 unless told. */
  readonly width?: number;
  /** 0 … 1; earlier iterations as ghosts are faint. 1 unless told. */
  readonly opacity?: number;
  /** Lower and upper edge around y, e.g. mean ± standard deviation; the legend says what it is. */
  readonly band?: { readonly low: Float64Array; readonly high: Float64Array; readonly meaning: string };
  /** Drawn as a stem and a dot at each sample, from zero: values of whole numbers, which nothing joins. */
  readonly stems?: boolean;
  /** Left out of legend, hover and end labels (ghosts). */
  readonly background?: boolean;
  /** Never smoothed (few points, or already a mean). */
  readonly exact?: boolean;
}

/** A trivial answer's level: thin, dashed, labelled at the right end. */
export interface ReferenceLine {
  readonly y: number;
  readonly label: string;
}

/** A moment on the x axis: NaN (red tick), a checkpoint, a fork, a stop. */
export interface Marker {
  readonly x: number;
  readonly kind: 'nan' | 'event';
  readonly label: string;
}

export type Scale = 'linear' | 'log' | 'symlog';

/** Props of LineChart.vue. */
export interface LineChartProps {
  /** Remembers scale and smoothing under this key, and names exported files. */
  readonly id: string;
  /** Says quantity and unit: "Energy E, mean over 512 rows". */
  readonly title: string;
  /** "Reasoning step k", "Training iteration". */
  readonly xTitle: string;
  /** Quantity with its unit: "Mean squared error". */
  readonly yTitle: string;
  readonly series: readonly LineSeries[];
  readonly references?: readonly ReferenceLine[];
  readonly markers?: readonly Marker[];
  /** Scale before the person has chosen one; linear unless told. A log axis that meets values ≤ 0 becomes symlog and says so. */
  readonly scale?: Scale;
  /** Offers smoothing (exponential moving average, debiased). */
  readonly smoothable?: boolean;
  /** Weight of the past in that average, 0 … 0.999, before the person has chosen one; 0 (as measured) unless told. */
  readonly smoothing?: number;
  /** The owner keeps scale and smoothing (a link does): `scale` and `smoothing` are drawn as given, nothing is remembered under `id`, and a choice in the menu is only told by `look`. */
  readonly controlled?: boolean;
  /** Charts with the same group mark the same x. */
  readonly cursorGroup?: string;
  /** What to say while there is nothing to draw: what will be here, and when. */
  readonly empty?: string;
  /** Height in px; fills its parent unless told. */
  readonly height?: number;
  /** Draws nothing new while true. */
  readonly paused?: boolean;
  /** Values in `series` stand for so many (thinned): said in the table and the summary. */
  readonly total?: number;
}
/*
 * LineChart emits `range` {from, to} | null (in x units) when zoom or pan has settled, so that the owner may read finer data, and
 * `look` {scale, smoothing} when the person chooses another scale or smoothing.
 * A zoomed window that shows the newest value follows: it keeps its width and shows the newest again when values arrive; a window
 * that was moved back stays where it is. Following is not told as a `range`.
 */

export interface HistogramProps {
  readonly id: string;
  readonly title: string;
  readonly xTitle: string;
  readonly values: Float64Array;
  /** All values, of which `values` are those that other filters let pass: drawn faint behind them, and bins and axes are theirs. */
  readonly of?: Float64Array;
  /** Logarithmic bins, for values over decades. */
  readonly log?: boolean;
  /** Selected interval [low, high], both included; null: everything. Emits `update:brush`. */
  readonly brush: readonly [number, number] | null;
  readonly height?: number;
}

export interface ScatterPoint {
  readonly key: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly colour: string;
}

export interface ScatterRegion {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly label: string;
}

export interface ScatterProps {
  readonly id: string;
  readonly title: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly points: readonly ScatterPoint[];
  /** Key of the point that is chosen elsewhere: drawn on top with a ring. */
  readonly chosen?: string;
  /** A part of the plane with a ground of its own and its name, e.g. where low energies have high errors. Ends may be infinite. */
  readonly region?: ScatterRegion;
  readonly xScale?: Scale;
  readonly yScale?: Scale;
}
/* ScatterChart emits `pick` key. */

/** A dimension of parallel coordinates: numeric with an optional log scale, or categories in order. */
export interface Dimension {
  readonly key: string;
  readonly title: string;
  readonly kind: 'number' | 'category';
  readonly log?: boolean;
}

export interface ParallelProps {
  readonly id: string;
  readonly title: string;
  readonly dimensions: readonly Dimension[];
  readonly lines: readonly { readonly key: string; readonly label: string; readonly colour: string; readonly values: Readonly<Record<string, number | string | null>> }[];
  /** Key of the line that is chosen elsewhere: drawn on top and thick, the others faint. */
  readonly chosen?: string;
}

/** Matrices side by side: `count` blocks of rows × columns, row-major. */
export interface Picture {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  /** Graphs: so many marks of nodes follow the matrix (tasks/types.ts). */
  readonly marks?: number | undefined;
}

/** Props of MatrixImage.vue: a canvas of exact cells, values on hover and by arrow keys. */
export interface MatrixProps {
  readonly values: Float32Array;
  readonly picture: Picture;
  /** signed: blue–neutral–red centred on zero; magnitude: one hue, zero = surface. */
  readonly scale: 'signed' | 'magnitude';
  /** Greatest absolute value of the colour scale; the values' own unless told. */
  readonly limit?: number;
  /** Side in px of the shorter dimension's whole picture. */
  readonly size: number;
  /** Height in px where cells shall not be square: a strip of one row. */
  readonly height?: number;
  /** Says what is drawn: "x, two 20 × 20 matrices". */
  readonly label: string;
}
