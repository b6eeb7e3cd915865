import type { EvaluationResult } from '../workbench/evaluation-result.ts';
import type { NestedResult } from '../workbench/nested-result.ts';
import type { PlannedColumn, PlannedRow } from './plan.ts';

/** A run's number in a column, and the trivial answers on the same problems. */
export interface Measured {
  readonly error: number;
  readonly references: readonly { readonly label: string; readonly error: number }[];
}

/** What the store keeps of an evaluation (`runs.evaluate`) and of nested addition, as far as tables read it. */
export type StoredResult = { readonly results: readonly EvaluationResult[] } | Pick<NestedResult, 'points' | 'references'>;

/** @returns undefined where the test has no such number: harder problems of a task without them, more updates than were made */
export function measuredIn(result: StoredResult, column: PlannedColumn, { halts }: Pick<PlannedRow, 'halts'>): Measured | undefined {
  if ('compositions' in column) {
    const point = 'points' in result ? result.points.find(({ compositions }) => compositions === column.compositions) : undefined;
    return point && 'points' in result ? { error: point.mean, references: result.references.map(({ label, errors }) => ({ label, error: errors[column.compositions] ?? NaN })) } : undefined;
  }
  if (!('results' in result)) return undefined;
  const found = result.results.find(({ difficulty }) => difficulty === column.difficulty);
  const error = halts ? found?.halting?.error : found?.steps.find(({ updates }) => updates === column.updates)?.error;
  return found && error !== undefined ? { error, references: found.references } : undefined;
}
