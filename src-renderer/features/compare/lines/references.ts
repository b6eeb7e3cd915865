import type { ReferenceLine } from '../../../charts/types.ts';
import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';

/**
 * Levels of trivial answers for a chart of errors. Each run has its own, on its own probe problems: those of one name are drawn once,
 * at their mean, and the label gives their range where it is more than a few percent. Tasks that differ are named.
 */
export function referenceLines(runs: readonly RunSummary[], difficulty: 'same' | 'harder'): ReferenceLine[] {
  const tasks = new Set(runs.map(({ task }) => task));
  const levels = new Map<string, number[]>();
  for (const run of runs) {
    for (const { difficulty: own, label, error } of run.references) {
      if (own !== difficulty || !Number.isFinite(error)) continue;
      const name = tasks.size > 1 ? `${label} · ${run.task}` : label;
      levels.set(name, [...(levels.get(name) ?? []), error]);
    }
  }
  return [...levels].map(([label, errors]) => {
    const low = Math.min(...errors);
    const high = Math.max(...errors);
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const spread = high - low > 0.05 * mean;
    return { y: mean, label: spread ? `${label} (${low.toPrecision(2)}–${high.toPrecision(2)})` : label };
  });
}
