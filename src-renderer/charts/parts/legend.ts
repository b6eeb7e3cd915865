import { LINE_WIDTH } from '../curve/draw.ts';
import type { LineSeries } from '../types.ts';

/** A line as a legend names it. */
export interface LegendLine {
  readonly key: string;
  readonly label: string;
  readonly colour: string;
  readonly dash: readonly number[];
  readonly width: number;
}

/** A kind of band around lines, by what it means. */
export interface LegendBand {
  readonly meaning: string;
}

const SOLID: readonly number[] = [];

/** The lines that have a name: all but those in the background. */
export const legendLines = (series: readonly LineSeries[]): LegendLine[] =>
  series.filter(({ background }) => !background).map(({ key, label, colour, dash = SOLID, width = LINE_WIDTH }) => ({ key, label, colour, dash, width }));

/** What bands mean, each meaning once. */
export const legendBands = (series: readonly LineSeries[]): LegendBand[] => [...new Set(series.flatMap(({ band }) => (band ? [band.meaning] : [])))].map((meaning) => ({ meaning }));
