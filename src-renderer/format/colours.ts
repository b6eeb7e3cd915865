/**
 * Okabe and Ito's colours, safe for colour-blind readers, each with a dash of its own so that lines differ in print as well. The
 * dark theme lightens those that would vanish. A run keeps its place in the list on every page: its number decides.
 */
export interface SeriesStyle {
  readonly light: string;
  readonly dark: string;
  readonly dash: readonly number[];
}

export const SERIES: readonly SeriesStyle[] = [
  { light: '#0072b2', dark: '#4aa8e0', dash: [] },
  { light: '#c04a00', dark: '#f0803c', dash: [7, 3] },
  { light: '#00805d', dark: '#2cc199', dash: [2, 3] },
  { light: '#a8588a', dark: '#df9bc4', dash: [9, 3, 2, 3] },
  { light: '#8f6a00', dark: '#e6b23a', dash: [4, 2] },
  { light: '#2f7fae', dark: '#8acbf0', dash: [12, 3] },
  { light: '#5c5f66', dark: '#b9bec6', dash: [2, 2, 6, 2] },
  { light: '#7a6a00', dark: '#efe45a', dash: [5, 2, 1, 2] },
];

/** Eight runs have eight colours; the next eight have them again with the next dash, so that sixty-four in a row all differ. */
const STYLES: readonly SeriesStyle[] = SERIES.flatMap((_, round) => SERIES.map((colour, at) => ({ ...colour, dash: SERIES[(at + round) % SERIES.length]!.dash })));

export const styleOf = (run: number): SeriesStyle => STYLES[(run - 1) % STYLES.length]!;
export const colourOf = (run: number, dark: boolean): string => styleOf(run)[dark ? 'dark' : 'light'];
