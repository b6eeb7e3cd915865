import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';

/** A finished run of the defaults, with what a test changes. */
export function sampleRun(id: number, changes: RunSummary['changes'] = {}, rest: Partial<RunSummary> = {}): RunSummary {
  return {
    id,
    name: `addition-${id}`,
    status: 'finished',
    method: 'irem',
    task: 'addition',
    seed: Number(changes['seed'] ?? 0),
    engine: 'compiled',
    device: 'cpu',
    changes,
    iteration: 10_000,
    iterations: 10_000,
    parentRun: null,
    parentIteration: null,
    createdAt: id,
    startedAt: id,
    endedAt: id + 1,
    lastLoss: 0.1,
    lastError: { same: 0.1, harder: 0.2 },
    bestError: 0.1,
    references: [],
    nonFinite: false,
    tags: [],
    star: false,
    archived: false,
    hasNotes: false,
    ...rest,
  };
}
