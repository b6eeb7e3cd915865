import { describe, expect, it } from 'vitest';
import { addCheckpoint } from '../../../db/checkpoints.ts';
import { writeLog } from '../../../db/log.ts';
import { annotateRun, deleteRun, findRun, getRun, listRuns, setRunConfig, setRunEngine } from '../../../db/runs.ts';
import { listMetrics, writeSeries } from '../../../db/series.ts';
import { runConfigSchema } from '../../../src-main/contract/config.ts';
import { resolveConfig } from '../../../src-main/contract/settings.ts';
import { refusal } from '../../support/refusal.ts';
import { newRun, newStore } from './helpers.ts';

const ids = (runs: readonly { id: number }[]) => runs.map(({ id }) => id);

describe('a run', () => {
  it('comes back as it was made', () => {
    const store = newStore();
    const parent = newRun(store);
    const before = Date.now();
    const config = resolveConfig({ task: 'inverse', seed: 42 });
    const id = newRun(store, { name: 'mine', config, engine: 'eager', device: 'wasm', versions: { basin: '1', 'onnxruntime-node': '2' }, parentRun: parent, parentIteration: 250, tags: ['b', 'a', 'a'], notes: 'why' });
    const run = getRun(store, id);
    expect(run).toEqual({
      id, name: 'mine', status: 'queued', config, seed: 42, engine: 'eager', device: 'wasm', versions: { basin: '1', 'onnxruntime-node': '2' }, parentRun: parent, parentIteration: 250, iteration: 0,
      createdAt: run.createdAt, startedAt: null, endedAt: null, pid: null, lastLoss: null, bestError: null, error: null, divergence: null, tags: ['a', 'b'], notes: 'why', star: false, archived: false,
    });
    expect(run.createdAt).toBeGreaterThanOrEqual(before);
  });

  it('is named after its task and number unless told', () => {
    const store = newStore();
    const id = newRun(store, { config: resolveConfig({ task: 'lowrank' }) });
    expect(getRun(store, id).name).toBe(`lowrank-${id}`);
  });

  it.each(['', '  ', '12'])('cannot be called %j', (name) => {
    const store = newStore();
    const id = newRun(store);
    expect(refusal(() => newRun(store, { name })).code).toBe('run.name');
    expect(refusal(() => annotateRun(store, id, { name })).code).toBe('run.name');
    expect(ids(listRuns(store))).toEqual([id]);
  });

  it('cannot be a fork of nothing', () => {
    expect(refusal(() => newRun(newStore(), { parentRun: 3, parentIteration: 1 })).code).toBe('run.unknown');
  });

  it('tells its newest loss, NaN included, and the error of its best checkpoint', () => {
    const store = newStore();
    const id = newRun(store);
    writeSeries(store, id, [{ metric: 'loss', first: 1, values: new Float64Array(2500).fill(1) }, { metric: 'ms', first: 1, values: Float64Array.of(9) }]);
    writeSeries(store, id, [{ metric: 'loss', first: 2501, values: Float64Array.of(0.5, 0.25) }]);
    expect(getRun(store, id).lastLoss).toBe(0.25);
    writeSeries(store, id, [{ metric: 'loss', first: 2503, values: Float64Array.of(NaN) }]);
    addCheckpoint(store, id, { iteration: 1, file: 'a', sha256: '', bytes: 1, best: true, error: 0.125 });
    addCheckpoint(store, id, { iteration: 2, file: 'b', sha256: '', bytes: 1, best: false, error: 3 });
    expect(getRun(store, id)).toMatchObject({ lastLoss: NaN, bestError: 0.125 });
    expect(listRuns(store)[0]).toEqual(getRun(store, id));
  });

  it('gets the default of a setting that is newer than it, and is refused by name with one that is not known', () => {
    const store = newStore();
    const id = newRun(store, { name: 'old' });
    const { seed: _seed, ...older } = resolveConfig({ rank: 3 });
    store.write('UPDATE runs SET config = ? WHERE id = ?', JSON.stringify(older), id);
    expect(getRun(store, id).config).toEqual(runConfigSchema.parse({ rank: 3 }));
    store.write(`UPDATE runs SET config = '{"task": "addition", "warp": 9}' WHERE id = ?`, id);
    expect(refusal(() => getRun(store, id))).toMatchObject({ code: 'run.config', message: expect.stringMatching(/"old".*warp/) });
  });
});

describe('finding', () => {
  it('goes by number or exact name', () => {
    const store = newStore();
    const [a, b] = [newRun(store, { name: 'alpha' }), newRun(store, { name: 'beta' })];
    expect([findRun(store, 'beta').id, findRun(store, String(a)).id]).toEqual([b, a]);
  });

  it('refuses what is not there or not clear', () => {
    const store = newStore();
    const twins = [newRun(store, { name: 'twin' }), newRun(store, { name: 'twin' })];
    for (const ref of ['twi', 'TWIN', '99']) expect(refusal(() => findRun(store, ref))).toMatchObject({ code: 'run.unknown', message: expect.stringContaining(ref) });
    expect(refusal(() => findRun(store, 'twin'))).toMatchObject({ code: 'run.ambiguous', details: { ids: twins.toReversed() }, message: expect.stringContaining(twins.join(', ').split(', ').reverse().join(', ')) });
  });
});

describe('listing', () => {
  it('by settings: numbers, words and switches; a run older than a setting has its default', () => {
    const store = newStore();
    const make = (changes: Record<string, unknown>) => newRun(store, { config: resolveConfig(changes) });
    const [a, b, c] = [make({ seed: 1, learning_rate: 3e-4 }), make({ seed: 2, learnable_step_size: true }), make({ seed: 2, method: 'ponder' })];
    expect(ids(listRuns(store, { settings: { seed: [2, 3] } }))).toEqual([c, b]);
    expect(ids(listRuns(store, { settings: { learning_rate: [3e-4] } }))).toEqual([a]);
    expect(ids(listRuns(store, { settings: { seed: [2], learnable_step_size: [true] } }))).toEqual([b]);
    expect(ids(listRuns(store, { settings: { method: ['irem', 'feedforward'] } }))).toEqual([b, a]);
    store.write(`UPDATE runs SET config = json_remove(config, '$.decoder', '$.nodes') WHERE id = ?`, a);
    expect(ids(listRuns(store, { settings: { decoder: ['released'], nodes: [10] } }))).toEqual([c, b, a]);
    expect(ids(listRuns(store, { settings: { decoder: ['edge-aware'] } }))).toEqual([]);
  });

  it('gives the newest first, filtered and in pages', () => {
    const store = newStore();
    const inverse = resolveConfig({ task: 'inverse' });
    const a = newRun(store, { tags: ['x'] });
    const b = newRun(store, { config: inverse, tags: ['x', 'y'], status: 'finished' });
    const c = newRun(store, { config: inverse });
    annotateRun(store, c, { archived: true });
    expect(ids(listRuns(store))).toEqual([c, b, a]);
    expect(ids(listRuns(store, { limit: 2 }))).toEqual([c, b]);
    expect(ids(listRuns(store, { limit: 2, offset: 2 }))).toEqual([a]);
    expect(ids(listRuns(store, { task: 'inverse' }))).toEqual([c, b]);
    expect(ids(listRuns(store, { tag: 'x' }))).toEqual([b, a]);
    expect(ids(listRuns(store, { tag: 'x', task: 'inverse', status: 'finished', archived: false }))).toEqual([b]);
    expect(ids(listRuns(store, { archived: true }))).toEqual([c]);
    expect(ids(listRuns(store, { status: 'running' }))).toEqual([]);
  });
});

describe('changing', () => {
  it('annotates what is given and leaves the rest', () => {
    const store = newStore();
    const id = newRun(store, { name: 'first', tags: ['a'], notes: 'n' });
    annotateRun(store, id, { star: true, notes: '' });
    expect(getRun(store, id)).toMatchObject({ name: 'first', tags: ['a'], notes: '', star: true, archived: false });
    annotateRun(store, id, { name: 'second', tags: ['b', 'c'], star: false });
    expect(getRun(store, id)).toMatchObject({ name: 'second', tags: ['b', 'c'], star: false });
    annotateRun(store, id, { tags: [] });
    expect(getRun(store, id).tags).toEqual([]);
  });

  it('replaces configuration and engine', () => {
    const store = newStore();
    const id = newRun(store);
    setRunConfig(store, id, resolveConfig({ task: 'inverse', seed: 9 }));
    setRunEngine(store, id, { engine: 'eager', device: 'cpu' });
    expect(getRun(store, id)).toMatchObject({ seed: 9, engine: 'eager', device: 'cpu' });
    expect(ids(listRuns(store, { task: 'inverse' }))).toEqual([id]);
  });

  it('refuses a run that is not there', () => {
    const store = newStore();
    const attempts = [() => annotateRun(store, 5, { star: true }), () => setRunConfig(store, 5, resolveConfig({})), () => setRunEngine(store, 5, { engine: '', device: '' }), () => deleteRun(store, 5)];
    for (const attempt of attempts) expect(refusal(attempt)).toMatchObject({ code: 'run.unknown', message: expect.stringContaining('5') });
  });
});

describe('deleting', () => {
  it('takes everything recorded of the run, names its files, and leaves forks and other runs', () => {
    const store = newStore();
    const [gone, kept] = [newRun(store, { tags: ['t'] }), newRun(store)];
    const fork = newRun(store, { parentRun: gone, parentIteration: 10 });
    for (const id of [gone, kept]) {
      writeSeries(store, id, [{ metric: 'loss', first: 1, values: Float64Array.of(1) }]);
      writeLog(store, id, { iteration: 1, level: 'info', message: 'hello' });
      addCheckpoint(store, id, { iteration: 10, file: `checkpoints/${id}/10`, sha256: '', bytes: 1, best: true, error: null });
    }
    expect(deleteRun(store, gone)).toEqual([`checkpoints/${gone}/10`]);
    expect(refusal(() => getRun(store, gone)).code).toBe('run.unknown');
    expect(getRun(store, fork)).toMatchObject({ parentRun: gone, parentIteration: 10 });
    expect(listMetrics(store, kept)).toHaveLength(1);
    for (const table of ['run_tags', 'series', 'series_chunks', 'log_lines', 'checkpoints']) {
      expect([table, store.first(`SELECT count(*) AS n FROM ${table}`)]).toEqual([table, { n: table === 'run_tags' ? 0 : 1 }]);
    }
  });

  it('never gives its number again', () => {
    const store = newStore();
    const last = newRun(store);
    deleteRun(store, last);
    expect(newRun(store)).toBeGreaterThan(last);
  });
});
