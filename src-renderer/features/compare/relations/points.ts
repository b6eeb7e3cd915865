import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import type { Dimension, ParallelProps, ScatterPoint } from '../../../charts/types.ts';
import type { SeriesStyle } from '../../../format/colours.ts';
import type { RunGroup } from '../groups/group-runs.ts';
import type { Measured } from '../results/measured.ts';
import { spansDecades, type Field } from './fields.ts';

/** What is drawn of each run: its values, in the colour of its group. */
export interface RelationsInput {
  readonly groups: readonly RunGroup[];
  readonly styles: ReadonlyMap<string, SeriesStyle>;
  readonly dark: boolean;
  measured(run: RunSummary): Measured | undefined;
}

const colourIn = ({ styles, dark }: RelationsInput, key: string): string => styles.get(key)![dark ? 'dark' : 'light'];

export interface Points {
  readonly points: readonly ScatterPoint[];
  /** Runs that are not drawn: they lack a value, it is not finite, or not positive on a logarithmic axis. */
  readonly left: readonly RunSummary[];
}

/** Runs as points over two numeric fields; every run is a point, whatever the grouping. */
export function scatterPoints(input: RelationsInput, x: { readonly field: Field; readonly log: boolean }, y: { readonly field: Field; readonly log: boolean }): Points {
  const points: ScatterPoint[] = [];
  const left: RunSummary[] = [];
  for (const { key, runs } of input.groups) {
    for (const run of runs) {
      const found = input.measured(run);
      const at = [x, y].map(({ field, log }) => {
        const value = field.value(run, found);
        return typeof value === 'number' && Number.isFinite(value) && (!log || value > 0) ? value : null;
      });
      if (at[0] === null || at[1] === null) left.push(run);
      else points.push({ key: String(run.id), label: run.name, x: at[0]!, y: at[1]!, colour: colourIn(input, key) });
    }
  }
  return { points, left };
}

/** Runs as lines through several fields. A dimension over decades is logarithmic. */
export function parallelLines(input: RelationsInput, fields: readonly Field[]): Pick<ParallelProps, 'dimensions' | 'lines'> {
  const lines = input.groups.flatMap(({ key, runs }) =>
    runs.map((run) => {
      const found = input.measured(run);
      return { key: String(run.id), label: run.name, colour: colourIn(input, key), values: Object.fromEntries(fields.map((field) => [field.key, field.value(run, found)])) };
    }),
  );
  const dimensions = fields.map(({ key, short, kind }): Dimension => ({ key, title: short, kind, ...(kind === 'number' ? { log: spansDecades(lines.map(({ values }) => values[key] ?? null)) } : {}) }));
  return { dimensions, lines };
}
