import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';

/** Runs in which every word of a text occurs: in the name, task, status or a tag. */
export function matchRuns(runs: readonly RunSummary[], text: string): { readonly runs: readonly RunSummary[]; readonly problem: string | null } {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return { runs: runs.filter(({ name, task, status, tags }) => words.every((word) => [name, task, status, ...tags].join(' ').toLowerCase().includes(word))), problem: null };
}
