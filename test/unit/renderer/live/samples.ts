import type { RunDetails, RunSummary } from '../../../../src-main/contract/api/runs.ts';
import type { ProbeCurve } from '../../../../src-main/contract/api/series.ts';
import { resolveConfig } from '../../../../src-main/contract/settings.ts';

/** A run as the host tells of it. */
export const summary = (parts: Partial<RunSummary> = {}): RunSummary => ({
  id: 3, name: 'addition-3', status: 'running', method: 'irem', task: 'addition', seed: 0, engine: 'compiled', device: 'cpu', changes: {}, iteration: 1204, iterations: 16_000,
  parentRun: null, parentIteration: null, createdAt: 1, startedAt: 2, endedAt: null, lastLoss: 0.1, lastError: { same: 0.2, harder: 0.4 }, bestError: null,
  references: [{ difficulty: 'same', name: 'zero', label: 'predict 0', error: 0.66 }, { difficulty: 'harder', name: 'zero', label: 'predict 0', error: 4.2 }],
  nonFinite: false, tags: [], star: false, archived: false, hasNotes: false, ...parts,
});

export const checkpoint = (iteration: number, best = false) => ({ iteration, bytes: 1000, best, error: 0.1, createdAt: 0 });

export const details = (run: Partial<RunSummary> = {}, parts: Partial<RunDetails> = {}): RunDetails => ({
  run: summary(run), config: resolveConfig({}, 'quick'), parameters: 1000, hasEnergy: true, problem: null, versions: {}, notes: '', error: null, divergence: null, metrics: [], checkpoints: [], log: [], owner: 'here', ...parts,
});

/** A probe whose means tell its iteration. */
export const curve = (iteration: number, parts: Partial<ProbeCurve> = {}): ProbeCurve => ({
  iteration, difficulty: 'same', steps: 2, problems: 32, meanEnergies: Float64Array.of(iteration, iteration - 1, iteration - 2), meanErrors: Float64Array.of(1, 0.5, 0.25),
  energyDeviations: new Float64Array(0), errorDeviations: new Float64Array(0), ...parts,
});
