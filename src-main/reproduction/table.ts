import type { ReproductionCell, ReproductionRow, ReproductionSource, ReproductionTable } from '../contract/api/reproduce.ts';
import type { ReproductionTableName, Scale } from '../contract/reproduction.ts';
import type { StoredEvaluation } from '../../db/evaluations.ts';
import type { Library, RunRow } from '../workbench/library.ts';
import { NESTED_DEFAULTS } from '../workbench/nested-result.ts';
import { evaluationOf, runsBySignature, signatureOf } from './find.ts';
import { measuredIn, type Measured, type StoredResult } from './measured.ts';
import { planOf, testOf, type PlannedRow, type PlannedTable } from './plan.ts';
import { verdictOf } from './verdict.ts';

/** A seed of a row: its run, and what was found out about it. */
interface Found {
  readonly seed: number;
  readonly run: RunRow | undefined;
  readonly evaluation: StoredEvaluation | undefined;
}

/** Which options an evaluation must have been made with to count in a table. */
export const optionsFor = (plan: Pick<PlannedTable, 'test'>, row: Pick<PlannedRow, 'config'>, scale: Scale) => (plan.test === 'nested' ? { kind: 'nested' as const, checkpoint: 'last' as const, ...NESTED_DEFAULTS } : testOf(row.config, scale));

/** A table as far as the runs and evaluations of a store fill it. Changes nothing. @param plans what tables are made of: the paper's unless given */
export function fillTable(library: Library, name: ReproductionTableName, scale: Scale, seeds: number, plans: typeof planOf = planOf): ReproductionTable {
  const plan = plans(name, scale);
  const wanted = plan.rows.map((row) => Array.from({ length: seeds }, (_, seed) => ({ ...row.config, seed })));
  const runs = runsBySignature(library, wanted.flat());
  const sought = wanted.map((configs) => configs.map((config) => ({ seed: config.seed, run: runs.get(signatureOf(config)) })));
  const evaluations = library.storedEvaluations(sought.flat().flatMap(({ run }) => (run ? [run.id] : [])));
  const found = plan.rows.map((row, at) => sought[at]!.map((one): Found => ({ ...one, evaluation: one.run && evaluationOf(evaluations, one.run.id, optionsFor(plan, row, scale)) })));
  const titles = new Map(plan.columns.map(({ id, title }) => [id, title]));
  const cells = plan.rows.map((row, at) => plan.columns.map((column) => cellOf(column.id, found[at]!.map(({ evaluation }) => evaluation && measuredIn(evaluation.result as StoredResult, column, row)).filter((one) => one !== undefined), row.published[column.id])));
  const rows = plan.rows.map(({ id, label, config }, at): ReproductionRow => {
    const own = cells[at]!.map((cell, c) => ({ ...cell, lowest: isLowest(cell, plan.rows.flatMap((other, o) => (other.config.task === config.task ? [cells[o]![c]!] : []))) }));
    return { id, task: config.task, method: config.method, label, runs: found[at]!.map((one) => sourceOf(one, config.iterations)), cells: own, verdict: verdictOf(own, titles) };
  });
  const missing = rows.flatMap((row) => row.runs).filter((source) => !isDone(source)).length;
  return { table: name, scale, seeds, title: plan.title, about: plan.about, columns: plan.columns.map(({ id, title }) => ({ id, title })), rows, missing };
}

/** Nothing is left to be done for it: it diverged, or was evaluated where it ended. */
export const isDone = ({ status, iteration, evaluated }: ReproductionSource): boolean => status === 'diverged' || (status === 'finished' && evaluated === iteration);

const sourceOf = ({ seed, run, evaluation }: Found, iterations: number): ReproductionSource => ({ seed, run: run?.id ?? null, status: run?.status ?? null, iteration: run?.iteration ?? 0, iterations, evaluated: evaluation?.iteration ?? null });

function cellOf(column: string, measured: readonly Measured[], published: number | undefined): ReproductionCell {
  const n = measured.length;
  const mean = n === 0 ? null : measured.reduce((sum, { error }) => sum + error, 0) / n;
  const deviation = n < 2 ? null : Math.sqrt(measured.reduce((sum, { error }) => sum + (error - mean!) ** 2, 0) / (n - 1));
  // The problems are the same for every seed, and so are the trivial answers.
  const references = [...(measured[0]?.references ?? [])].map(({ label, error }) => ({ label, error })).sort((a, b) => a.error - b.error);
  return { column, mean, deviation, n, published: published ?? null, references, lowest: false };
}

const isLowest = ({ mean }: ReproductionCell, all: readonly ReproductionCell[]): boolean => mean !== null && Number.isFinite(mean) && all.filter((other) => other.mean !== null).length > 1 && all.every((other) => other.mean === null || !(other.mean < mean));
