import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { request } from '../../../connection/client.ts';
import { saveFile } from '../../../connection/save-file.ts';
import { CURVES_HEAD, curveRows } from './curves-csv.ts';

/** Values of one curve in the file; longer ones are thinned with exact extremes. */
const MOST = 1_000_000;
/** Values of the whole file: about 200 MB of text. */
const MOST_IN_ALL = 4_000_000;

/**
 * Saves every value of the metrics of all runs as one CSV file.
 *
 * @param tell how far it is, 0 … 1
 * @returns where it is, and how many curves were thinned; undefined when the person chose not to save
 */
export async function saveCurves(runs: readonly RunSummary[], metrics: readonly string[], tell: (share: number) => void): Promise<{ readonly path: string; readonly thinned: number } | undefined> {
  const encoder = new TextEncoder();
  const parts: Uint8Array<ArrayBuffer>[] = [encoder.encode(CURVES_HEAD)];
  const points = Math.max(1000, Math.min(MOST, Math.floor(MOST_IN_ALL / Math.max(1, runs.length * metrics.length))));
  let thinned = 0;
  for (const [done, run] of runs.entries()) {
    tell(done / runs.length);
    const { series } = await request('series.read', { queries: metrics.map((metric) => ({ run: run.id, metric })), points });
    for (const data of series) {
      if (data.total > data.values.length) thinned++;
      parts.push(encoder.encode(curveRows(run, data)));
    }
  }
  tell(1);
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  const path = await saveFile('curves.csv', whole);
  return path === undefined ? undefined : { path, thinned };
}
