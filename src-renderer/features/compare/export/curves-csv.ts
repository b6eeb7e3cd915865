import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import type { SeriesData } from '../../../../src-main/contract/api/series.ts';

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export const CURVES_HEAD = 'run,name,seed,metric,iteration,value\n';

/** Rows of one curve, one value a line: what statistics programs read. */
export function curveRows({ id, name, seed }: RunSummary, { metric, iterations, values }: SeriesData): string {
  const head = `${id},${quoted(name)},${seed},${quoted(metric)},`;
  const lines = new Array<string>(values.length);
  for (let i = 0; i < values.length; i++) lines[i] = `${head}${iterations[i]!},${values[i]!}\n`;
  return lines.join('');
}
