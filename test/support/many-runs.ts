import { addCheckpoint } from '../../db/checkpoints.ts';
import { openStore } from '../../db/open.ts';
import { writeProbe } from '../../db/probes.ts';
import { writeReferences } from '../../db/references.ts';
import { createRun, endRun } from '../../db/runs.ts';
import { writeSeries } from '../../db/series.ts';
import type { WriteStore } from '../../db/store.ts';
import { resolveConfig } from '../../src-main/contract/settings.ts';

const TASKS = ['addition', 'lowrank', 'inverse'] as const;
const RANKS = [4, 8, 20];
const LEARNING_RATES = [1e-4, 3e-4, 1e-3];
const TAGS = ['baseline', 'paper', 'ablation', 'no replay', 'long walk'];
const PROBLEMS = 2;
const STEPS = 4;

/** Puts runs into a store that look as if they had been trained: for pages that must cope with many. The same every time. */
export function writeManyRuns(folder: string, count: number): void {
  const store = openStore(folder);
  try {
    store.transaction(() => {
      for (let k = 0; k < count; k++) writeRun(store, k);
    });
  } finally {
    store.close();
  }
}

/** A number in 0 … 1 that looks drawn, from a place and a purpose. */
const drawn = (k: number, purpose: number): number => ((Math.sin(k * 12.9898 + purpose * 78.233) * 43758.5453) % 1 + 1) % 1;

function writeRun(store: WriteStore, k: number): void {
  const task = TASKS[k % TASKS.length]!;
  const rank = RANKS[Math.floor(drawn(k, 1) * RANKS.length)]!;
  const status = drawn(k, 2) < 0.03 ? 'diverged' : drawn(k, 2) < 0.08 ? 'stopped' : drawn(k, 2) < 0.1 ? 'failed' : 'finished';
  const iterations = 10_000;
  const last = status === 'finished' ? iterations : Math.ceil(drawn(k, 3) * iterations);
  const config = resolveConfig({ task, rank, iterations, seed: k % 5, learning_rate: LEARNING_RATES[Math.floor(drawn(k, 4) * LEARNING_RATES.length)]!, ...(drawn(k, 5) < 0.2 ? { replay_capacity: 0 } : {}) });
  const id = createRun(store, {
    config,
    engine: 'compiled',
    device: 'cpu',
    versions: {},
    tags: TAGS.filter((_, tag) => drawn(k, 10 + tag) < 0.15),
    status: 'stopped',
    ...(k % 17 === 0 ? { name: `A run with a rather long name that does not fit its column, number ${k}` } : {}),
  });
  const level = 10 ** (-1 - 3 * drawn(k, 6));
  const loss = Float64Array.from({ length: 60 }, (_, i) => level * (1 + 40 * Math.exp(-i / 8)) * (0.8 + 0.4 * drawn(k * 60 + i, 7)));
  if (status === 'diverged') loss[59] = NaN;
  writeSeries(store, id, [{ metric: 'loss', first: Math.max(1, last - 59), values: loss }]);
  writeReferences(store, id, [
    { difficulty: 'same', name: 'zero', label: 'predict 0', error: 0.035 },
    ...(task === 'addition' ? [{ difficulty: 'same' as const, name: 'linear', label: 'a linear map (A + B)', error: 0 }] : []),
    { difficulty: 'harder', name: 'zero', label: 'predict 0', error: 0.41 },
  ]);
  const size = (STEPS + 1) * PROBLEMS;
  for (const [difficulty, factor] of [['same', 1], ['harder', 6]] as const) {
    writeProbe(store, id, { iteration: last, difficulty, steps: STEPS, problems: PROBLEMS, energies: new Float32Array(size), errors: new Float32Array(size).fill(level * factor), gradientNorms: new Float32Array(size), answers: new Float32Array(0), answersKept: 0 });
  }
  addCheckpoint(store, id, { iteration: last, file: `runs/${id}/checkpoint.safetensors`, sha256: '', bytes: 1, best: true, error: level * 0.9 });
  endRun(store, id, { status, iteration: last });
  const created = Date.UTC(2026, 0, 1) + k * 3_600_000;
  store.write('UPDATE runs SET created_at = ?, started_at = ?, ended_at = ?, star = ?, archived = ? WHERE id = ?', created, created + 5000, created + 5000 + last * (2 + 20 * drawn(k, 8)), Number(drawn(k, 9) < 0.04), Number(drawn(k, 20) < 0.05), id);
}
