import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { methodHasEnergy, noEnergy } from '../../../../src-main/contract/methods.ts';
import type { RunGroup } from '../groups/group-runs.ts';
import { listed } from './contributions.ts';

/** Groups with those of their runs that have an energy, and what to say of the others; groups of such alone are left out. */
export function withEnergy(groups: readonly RunGroup[]): { readonly groups: readonly RunGroup[]; readonly notes: readonly string[] } {
  const without = groups.flatMap(({ runs }) => runs).filter(({ method }) => !methodHasEnergy(method));
  if (without.length === 0) return { groups, notes: [] };
  return { groups: groups.map((group) => ({ ...group, runs: group.runs.filter(({ method }) => methodHasEnergy(method)) })).filter(({ runs }) => runs.length > 0), notes: withoutWords(without) };
}

/** One sentence for each method without an energy: "This method has no energy: …" and whose it is. */
export const withoutWords = (runs: readonly RunSummary[]): string[] => [...Map.groupBy(runs, ({ method }) => method)].map(([method, own]) => `${listed(own.map(({ name }) => name))} (${method}): ${noEnergy(method)}`);
