import { extremesOf, Found } from '../curve/extremes.ts';
import { lastFinite } from '../plot/gutter.ts';
import type { LineSeries, ReferenceLine } from '../types.ts';

/** Curves told of one by one; of more the rest is counted. */
const MOST = 8;

export interface Summarised {
  readonly title: string;
  readonly xTitle: string;
  readonly series: readonly LineSeries[];
  readonly references: readonly ReferenceLine[];
  readonly empty: string;
  readonly total?: number;
}

/** What a line chart shows, in words: for those who hear it. @param number writes a measured number, @param count a whole one */
export function lineSummary({ title, xTitle, series, references, empty, total }: Summarised, number: (value: number) => string, count: (value: number) => string): string {
  const shown = series.filter(({ background, x }) => !background && x.length > 0);
  if (shown.length === 0) return `${title}. ${empty}`;
  const at = placeWords(number, count);
  const low = Math.min(...shown.map(({ x }) => x[0]!));
  const high = Math.max(...shown.map(({ x }) => x.at(-1)!));
  const sentences = [`${title}, against ${lowerFirst(xTitle)} from ${at(low)} to ${at(high)}`, shown.length === 1 ? '1 curve' : `${count(shown.length)} curves`];
  if (total !== undefined) sentences.push(`Drawn from ${count(total)} values with their exact extremes`);
  for (const one of shown.slice(0, MOST)) sentences.push(curveWords(one, number, count));
  if (shown.length > MOST) sentences.push(`And ${count(shown.length - MOST)} more`);
  if (references.length > 0) sentences.push(`For comparison: ${references.map(({ label, y }) => `${label} ${number(y)}`).join(', ')}`);
  return `${sentences.join('. ')}.`;
}

function curveWords({ label, x, y, band }: LineSeries, number: (value: number) => string, count: (value: number) => string): string {
  const found = new Found();
  extremesOf(y).find(0, y.length, found);
  if (found.least < 0) return `${label}: ${count(y.length)} values, none of them finite`;
  const at = placeWords(number, count);
  const last = lastFinite(y);
  const broken = found.broken ? `, ${count(y.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0))} values not finite` : '';
  return `${label}: first ${number(y[0]!)}, last ${number(y[last]!)} at ${at(x[last]!)}, lowest ${number(found.min)} at ${at(x[found.least]!)}, highest ${number(found.max)} at ${at(x[found.greatest]!)}${broken}${band ? `, band ${band.meaning}` : ''}`;
}

/** Iterations and steps are counted, other positions measured. */
const placeWords = (number: (value: number) => string, count: (value: number) => string) => (x: number): string => (Number.isInteger(x) ? count(x) : number(x));

/** "Reasoning step k" within a sentence; "MSE" stays. */
const lowerFirst = (words: string): string => (/^\p{Lu}\p{Ll}/u.test(words) ? words[0]!.toLowerCase() + words.slice(1) : words);
