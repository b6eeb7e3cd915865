import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { parseQuery } from '../../runs/query/parse.ts';

/** Runs that a query of the runs page fits; what it cannot mean is said and left out. */
export function matchRuns(runs: readonly RunSummary[], text: string, now: number): { readonly runs: readonly RunSummary[]; readonly problem: string | null } {
  const { matches, problems } = parseQuery(text, now);
  return { runs: runs.filter(matches), problem: problems.length === 0 ? null : problems.map((problem) => `${problem.text} is left out: ${problem.message}`).join('; ') };
}
