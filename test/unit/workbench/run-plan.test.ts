import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { latestCheckpoint, listCheckpoints } from '../../../db/checkpoints.ts';
import { openStore } from '../../../db/open.ts';
import { getRun, listRuns, type RunRow } from '../../../db/runs.ts';
import { resolveConfig } from '../../../src-main/contract/settings.ts';
import { loadCheckpoint } from '../../../src-main/trainer/checkpoints.ts';
import { createFork, createImported, planFork, planResume, planRun } from '../../../src-main/workbench/run-plan.ts';
import { readWeights } from '../../../src-main/workbench/import-weights.ts';
import { writeTensors } from './golden-maker.ts';
import { golden, newFolder, refusal } from './sandbox.ts';

const HOW = { engine: 'compiled', device: 'cpu', versions: {} };

/** A store with a run that has a checkpoint at iteration 0. */
async function stored() {
  const store = openStore(newFolder());
  onTestFinished(() => store.close());
  const weights = readWeights(golden('irem-addition-r4'), {});
  const id = await createImported(store, { ...HOW, config: weights.config }, weights);
  return { store, run: getRun(store, id), weights, checkpoint: latestCheckpoint(store, id)! };
}

const row = (changes: Partial<RunRow>): RunRow => ({ id: 3, name: 'n', status: 'stopped', iteration: 50, divergence: null, config: resolveConfig({ iterations: 100 }), ...changes }) as RunRow;

describe('planRun', () => {
  it('makes the path of a data file absolute, so that a run can be resumed from anywhere', () => {
    const folder = newFolder();
    const path = writeTensors(join(folder, 'd.safetensors'), Object.fromEntries(['x', 'y'].map((name) => [name, { shape: [20, 2], data: new Float32Array(40).fill(1) }])), {});
    const before = process.cwd();
    process.chdir(folder);
    onTestFinished(() => process.chdir(before));
    expect(planRun({ task: 'dataset', data: 'd.safetensors' })).toMatchObject({ config: { data: resolve(path) }, widths: { x: 2, y: 2 } });
  });

  it('starts from a preset', () => {
    expect(planRun({ seed: 3 }, 'quick').config).toMatchObject({ rank: 4, hidden: 128, seed: 3 });
  });
});

describe('planResume', () => {
  it('keeps the configuration, or gives it more iterations', () => {
    expect(planResume(row({}), 50)).toMatchObject({ iterations: 100 });
    expect(planResume(row({ status: 'finished' }), 100, 200)).toMatchObject({ iterations: 200 });
  });

  it('goes on where a run was interrupted after its last checkpoint', () => {
    expect(planResume(row({ status: 'interrupted', iteration: 100 }), 75)).toMatchObject({ iterations: 100 });
  });

  it('refuses a run with nothing left to do, one that diverged, and an impossible number', async () => {
    expect((await refusal(() => planResume(row({ status: 'finished' }), 100))).message).toContain('--iterations');
    expect((await refusal(() => planResume(row({}), 50, 40))).code).toBe('resume.finished');
    const diverged = await refusal(() => planResume(row({ status: 'diverged', divergence: { iteration: 12, step: 2, quantity: 'energy' } }), 10));
    expect(diverged.code).toBe('resume.diverged');
    expect(diverged.message).toContain('iteration 12');
    expect((await refusal(() => planResume(row({}), 50, 1e9))).code).toBe('config.value');
  });
});

describe('planFork', () => {
  it('changes what leaves the network as it is', async () => {
    const { run, checkpoint } = await stored();
    expect(planFork(run, checkpoint, { step_size: 5, batch: 16, task: 'addition', learnable_step_size: true }).config).toMatchObject({ step_size: 5, batch: 16, hidden: 32, learnable_step_size: true });
  });

  it.each([
    [{ hidden: 33 }, ['hidden']],
    [{ depth: 2, seed: 4 }, ['depth']],
    [{ rank: 5, hidden: 64 }, ['rank', 'hidden']],
    [{ task: 'inverse' }, ['task']],
  ])('refuses %j by name', async (changes, names) => {
    const { run, checkpoint } = await stored();
    const error = await refusal(() => planFork(run, checkpoint, changes));
    expect(error.code).toBe('fork.shape');
    expect(error.details).toEqual({ settings: names });
    for (const name of names) expect(error.message).toContain(`${name} (`);
    expect(error.message).not.toContain('seed');
  });

  it('refuses to start after its last iteration', async () => {
    const { run, checkpoint } = await stored();
    expect((await refusal(() => planFork(run, { ...checkpoint, iteration: 20 }, { iterations: 20 }))).code).toBe('fork.finished');
  });
});

describe('createFork', () => {
  it('shares the checkpoint file, and survives its parent', async () => {
    const { store, run, checkpoint } = await stored();
    const id = createFork(store, { ...HOW, config: run.config, parentRun: run.id, parentIteration: 0 }, checkpoint);
    const own = latestCheckpoint(store, id)!;
    expect(own).toMatchObject({ iteration: 0, sha256: checkpoint.sha256, best: false });
    expect(own.file).not.toBe(checkpoint.file);
    expect(statSync(join(store.folder, own.file)).ino).toBe(statSync(join(store.folder, checkpoint.file)).ino);
    expect(loadCheckpoint(store, id).checkpoint.state.values['fc1.bias']).toHaveLength(32);
    expect(getRun(store, id)).toMatchObject({ parentRun: run.id, parentIteration: 0, status: 'queued' });
  });

  it('leaves nothing when the file is gone or damaged', async () => {
    const { store, run, checkpoint } = await stored();
    const gone = { ...checkpoint, file: 'checkpoints/1/gone.safetensors' };
    expect((await refusal(() => createFork(store, { ...HOW, config: run.config }, gone))).code).toBe('checkpoint.corrupt');
    expect((await refusal(() => createFork(store, { ...HOW, config: run.config }, { ...checkpoint, sha256: 'other' }))).code).toBe('checkpoint.corrupt');
    expect(listRuns(store).map(({ id }) => id)).toEqual([run.id]);
    expect(readdirSync(join(store.folder, 'checkpoints'))).toEqual([String(run.id)]);
  });
});

describe('createImported', () => {
  it('makes a run that has not started, with its weights at iteration 0', async () => {
    const { store, run, weights } = await stored();
    expect(run).toMatchObject({ status: 'stopped', iteration: 0 });
    expect(loadCheckpoint(store, run.id).checkpoint).toMatchObject({ iteration: 0, config: weights.config, state: weights.state });
  });

  it('leaves nothing when the checkpoint cannot be written', async () => {
    const { store, run, weights } = await stored();
    const missing = { ...weights, state: { ...weights.state, values: { 'fc1.weight': new Float32Array(1) } } };
    await expect(createImported(store, { ...HOW, config: weights.config }, missing)).rejects.toThrow();
    expect(listRuns(store).map(({ id }) => id)).toEqual([run.id]);
    expect(listCheckpoints(store, run.id + 1)).toEqual([]);
    expect(existsSync(join(store.folder, 'checkpoints', String(run.id + 1)))).toBe(false);
  });
});
