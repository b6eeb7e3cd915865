import { addCheckpoint } from '../../db/checkpoints.ts';
import { transaction, type WriteStore } from '../../db/open.ts';
import { writeProbe } from '../../db/probes.ts';
import { writeReferences } from '../../db/references.ts';
import { annotateRun, createRun, endRun } from '../../db/runs.ts';
import { writeSeries } from '../../db/series.ts';
import type { RunConfig } from '../../src-main/contract/config.ts';
import type { ProbeResult } from '../../src-main/contract/events.ts';
import { resolveConfig } from '../../src-main/contract/settings.ts';

/*
 * Stores that look like months of work, made in seconds: for tests and benchmarks of lists, long runs and many curves. Everything is
 * written as a trainer and a person would write it; the numbers fall and scatter like those of real runs and are the same each time.
 */

/** A number in (0, 1) that depends on its arguments alone. */
function scatter(...seeds: number[]): number {
  let state = 2166136261;
  for (const seed of seeds) state = Math.imul(state ^ (seed + 0x9e3779b9), 16777619) >>> 0;
  state ^= state >>> 15;
  return ((Math.imul(state, 2246822519) >>> 0) + 0.5) / 2 ** 32;
}

/** Values that fall by a power of the iteration, with scatter. */
const falling = (count: number, start: number, power: number, seed: number): Float64Array => Float64Array.from({ length: count }, (_, i) => start * (i + 1) ** -power * (0.8 + 0.4 * scatter(seed, i)));

const SHAPE = { compiled: { engine: 'compiled', device: 'cpu' }, versions: { basin: '0.1.0', node: '24' } } as const;
const TAGS = ['baseline', 'sweep', 'paper', 'longer', 'noise'] as const;
const TASKS = ['addition', 'lowrank', 'inverse'] as const;

/** Settings as a person would vary them. */
function settings(i: number): RunConfig {
  const pick = <Value>(values: readonly Value[], purpose: number): Value => values[Math.floor(scatter(i, purpose) * values.length)]!;
  return resolveConfig(
    { task: pick(TASKS, 1), seed: i % 5, learning_rate: pick([1e-3, 3e-4, 1e-4], 2), step_size: pick([30, 100, 300], 3), hidden: pick([64, 128, 256], 4), langevin_noise: pick([0, 0, 0, 0.01], 5), replay_fraction: pick([0.5, 0, 0.75], 6) },
    'quick',
  );
}

function probe(iteration: number, difficulty: ProbeResult['difficulty'], level: number, seed: number, { steps, problems }: { steps: number; problems: number }): ProbeResult {
  const size = (steps + 1) * problems;
  const along = (from: number, to: number, purpose: number) => Float32Array.from({ length: size }, (_, at) => (to + (from - to) * 0.6 ** Math.floor(at / problems)) * (0.9 + 0.2 * scatter(seed, purpose, at)));
  return { iteration, difficulty, steps, problems, energies: along(0.1, 0.02, 1), errors: along(1, level, 2), gradientNorms: along(0.01, 0.001, 3), answers: new Float32Array(0), answersKept: 0 };
}

/** What became of run i: most are finished, some are not. */
function fate(i: number): 'finished' | 'stopped' | 'diverged' | 'failed' | 'interrupted' {
  const share = scatter(i, 9);
  return share < 0.8 ? 'finished' : share < 0.88 ? 'stopped' : share < 0.94 ? 'diverged' : share < 0.97 ? 'interrupted' : 'failed';
}

/**
 * Many short runs (10,000 in about ten seconds), with everything that a list shows: tags, stars, archive, notes, losses, probes of both
 * difficulties, best errors, trivial answers, and NaN where a run diverged.
 */
export function fillManyRuns(store: WriteStore, count = 10_000): void {
  for (let from = 0; from < count; from += 500) {
    transaction(store, () => {
      for (let i = from; i < Math.min(count, from + 500); i++) addShortRun(store, i);
    });
  }
}

function addShortRun(store: WriteStore, i: number): void {
  const config = settings(i);
  const tags = TAGS.filter((_, t) => scatter(i, 20 + t) < 0.15);
  const run = createRun(store, { config, ...SHAPE.compiled, versions: SHAPE.versions, tags, ...(scatter(i, 7) < 0.1 ? { notes: 'Worth another look with more iterations.' } : {}), ...(i % 3 === 0 ? { name: `${config.task} λ ${config.step_size} #${i}` } : {}) });
  const status = fate(i);
  const iteration = status === 'finished' ? config.iterations : 1 + Math.floor(scatter(i, 10) * (config.iterations - 1));
  const level = 1e-4 + 0.1 * scatter(i, 11) ** 3;
  const loss = falling(100, 1, 0.5 + scatter(i, 12), i);
  if (status === 'diverged') loss[99] = NaN;
  const first = Math.max(1, iteration - 99);
  writeSeries(store, run, [
    { metric: 'loss', first, values: loss },
    { metric: 'energy/0', first, values: falling(100, 0.2, 0.1, i + 1) },
    { metric: 'energy/10', first, values: falling(100, 0.1, 0.2, i + 2) },
  ]);
  for (const difficulty of ['same', 'harder'] as const) writeProbe(store, run, probe(iteration, difficulty, difficulty === 'same' ? level : 5 * level, i, { steps: 10, problems: 4 }));
  addCheckpoint(store, run, { iteration, file: `checkpoints/${run}/${String(iteration).padStart(8, '0')}.safetensors`, sha256: '', bytes: 1_400_000, best: true, error: level });
  writeReferences(store, run, [
    { difficulty: 'same', name: 'zero', label: 'predict 0', error: 0.666 },
    { difficulty: 'harder', name: 'zero', label: 'predict 0', error: 4.16 },
  ]);
  endRun(store, run, { status, iteration, ...(status === 'diverged' ? { divergence: { iteration, step: 7, quantity: 'energy' } } : {}) });
  if (scatter(i, 13) < 0.15) annotateRun(store, run, { star: scatter(i, 14) < 0.5, archived: scatter(i, 14) >= 0.5 });
}

/** One run with six metrics of a million points each (written in about three seconds), a spike and a NaN hidden among them. @returns its number */
export function addLongRun(store: WriteStore, points = 1_000_000): number {
  const run = createRun(store, { name: 'a long run', config: resolveConfig({ iterations: points }, 'quick'), ...SHAPE.compiled, versions: SHAPE.versions });
  const metrics = ['loss', 'loss/fresh', 'loss/replayed', 'gradient_norm', 'energy/10', 'ms'];
  metrics.forEach((metric, m) => {
    const values = falling(points, 1, 0.3, m);
    values[Math.floor(points * 0.371)] = 40 + m;
    values[Math.floor(points * 0.642)] = 1e-7 * (m + 1);
    if (metric === 'gradient_norm') values[Math.floor(points * 0.5)] = NaN;
    writeSeries(store, run, [{ metric, first: 1, values }]);
  });
  for (let iteration = points / 50; iteration <= points; iteration += points / 50) {
    for (const difficulty of ['same', 'harder'] as const) writeProbe(store, run, probe(iteration, difficulty, (difficulty === 'same' ? 1 : 5) * iteration ** -0.5, iteration, { steps: 40, problems: 32 }));
  }
  endRun(store, run, { status: 'finished', iteration: points });
  return run;
}

/** Runs with one curve each, to be laid over each other. @returns their numbers */
export function addCurves(store: WriteStore, count = 200, points = 10_000): number[] {
  return transaction(store, () =>
    Array.from({ length: count }, (_, i) => {
      const config = { ...settings(i), iterations: points };
      const run = createRun(store, { name: `curve ${i}`, config, ...SHAPE.compiled, versions: SHAPE.versions, tags: ['curves'] });
      writeSeries(store, run, [{ metric: 'loss', first: 1, values: falling(points, 1, 0.3 + scatter(i, 30), i) }]);
      endRun(store, run, { status: 'finished', iteration: points });
      return run;
    }),
  );
}
