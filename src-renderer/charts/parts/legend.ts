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
const WIDTH = 1.75;

export const legendLines = (series: readonly LineSeries[]): LegendLine[] =>
  series.filter(({ background }) => !background).map(({ key, label, colour, dash = SOLID, width = WIDTH }) => ({ key, label, colour, dash, width }));

export const legendBands = (series: readonly LineSeries[]): LegendBand[] => [...new Set(series.flatMap(({ band }) => (band ? [band.meaning] : [])))].map((meaning) => ({ meaning }));
