import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { claimRun, createRun, getRun } from '../../../db/runs.ts';
import { openStore } from '../../../db/open.ts';
import type { TrainerEvent, TrainerStart } from '../../../src-main/contract/events.ts';
import { resolveConfig } from '../../../src-main/contract/settings.ts';
import type { WorkbenchOptions } from '../../../src-main/workbench/active-runs.ts';
import { Workbench } from '../../../src-main/workbench/workbench.ts';
import { FakeTrainer } from './fake-trainer.ts';
import { COMPILED, newFolder, refusal } from './sandbox.ts';

const TINY = { changes: { rank: 2, hidden: 4, batch: 4, iterations: 10 }, engine: COMPILED };

/** A workbench whose trainers are played by the test, in the order in which they are started. */
function bench(options: WorkbenchOptions = {}, folder = newFolder()) {
  const trainers: FakeTrainer[] = [];
  const workbench = Workbench.open(folder, { ...options, spawn: () => (trainers.push(new FakeTrainer()), trainers.at(-1)!) });
  onTestFinished(() => workbench.close());
  return { workbench, trainers, folder };
}

describe('a run', () => {
  it('is validated, stored with its engine and versions, and given to a trainer', async () => {
    const { workbench, trainers, folder } = bench();
    const run = await workbench.start({ ...TINY, name: 'first', tags: ['a', 'b'] });
    expect(run).toMatchObject({ name: 'first', tags: ['a', 'b'], engine: 'compiled', device: 'cpu', config: { rank: 2, hidden: 4 } });
    expect(run.versions).toMatchObject({ node: process.versions.node, basin: expect.stringMatching(/^\d/) as string, 'onnxruntime-node': expect.stringMatching(/^\d/) as string });
    expect(trainers[0]!.sent).toEqual([{ folder, run: run.id, engine: 'compiled', device: 'cpu', config: run.config }]);
  });

  it('is refused before anything is stored when a setting is wrong', async () => {
    const { workbench, trainers } = bench();
    expect((await refusal(() => workbench.start({ ...TINY, changes: { hiden: 3 } }))).code).toBe('config.unknown');
    expect((await refusal(() => workbench.start({ ...TINY, changes: { hidden: 0 } }))).code).toBe('config.value');
    expect((await refusal(() => workbench.start({ ...TINY, changes: { task: 'dataset', data: '/nowhere.npz' } }))).code).toBe('file.missing');
    expect((await refusal(() => workbench.start({ ...TINY, name: '12' }))).code).toBe('run.name');
    expect([workbench.list(), trainers]).toEqual([[], []]);
  });

  it('tells what its trainer says to every listener, with its number', async () => {
    const { workbench, trainers } = bench();
    const heard: [number, TrainerEvent['type']][] = [];
    workbench.subscribe((run, event) => heard.push([run, event.type]));
    const { id } = await workbench.start(TINY);
    trainers[0]!.ready();
    trainers[0]!.end({ status: 'finished', iteration: 10 });
    expect(await workbench.finished(id)).toMatchObject({ status: 'finished' });
    expect(heard).toEqual([[id, 'ready'], [id, 'ended']]);
  });

  it('whose trainer crashes is interrupted, with the reason', async () => {
    const { workbench, trainers } = bench();
    const { id } = await workbench.start(TINY);
    trainers[0]!.ready();
    trainers[0]!.exit({ code: null, signal: 'SIGSEGV' });
    expect(await workbench.finished(id)).toMatchObject({ status: 'interrupted', error: { code: 'trainer.crashed', message: expect.stringContaining('SIGSEGV') as string } });
  });

  it('whose trainer could not write its end has it written by its owner', async () => {
    const { workbench, trainers } = bench();
    const { id } = await workbench.start(TINY);
    trainers[0]!.end({ status: 'failed', iteration: 0, error: { name: 'BasinError', code: 'engine.unavailable', kind: 'operational', message: 'no engine' } });
    expect(await workbench.finished(id)).toMatchObject({ status: 'failed', error: { code: 'engine.unavailable' } });
    // The same for a run that had a state before.
    await workbench.resume(String(id));
    trainers[1]!.end({ status: 'failed', iteration: 0, error: { name: 'BasinError', code: 'store.full', kind: 'operational', message: 'full' } });
    expect(await workbench.finished(id)).toMatchObject({ status: 'failed', error: { code: 'store.full' } });
  });
});

describe('the queue', () => {
  it('trains at most so many runs at once', async () => {
    const { workbench, trainers } = bench({ concurrency: 2 });
    const runs = [await workbench.start(TINY), await workbench.start(TINY), await workbench.start(TINY)];
    expect(trainers).toHaveLength(2);
    trainers[1]!.end({ status: 'finished', iteration: 10 });
    await workbench.finished(runs[1]!.id);
    expect(trainers).toHaveLength(3);
    expect(trainers[2]!.sent[0]).toMatchObject({ run: runs[2]!.id });
  });

  it.each([true, false])('tells trainers whether their machine is looked at: %s', async (sparing) => {
    const { workbench, trainers } = bench({ sparing });
    await workbench.start(TINY);
    expect((trainers[0]!.sent[0] as TrainerStart).sparing ?? false).toBe(sparing);
  });

  it('gives its place to the next when a trainer crashes', async () => {
    const { workbench, trainers } = bench();
    const first = await workbench.start(TINY);
    await workbench.start(TINY);
    trainers[0]!.exit({ code: 1, signal: null });
    await workbench.finished(first.id);
    expect(trainers).toHaveLength(2);
  });

  it('forgets a waiting run that is stopped', async () => {
    const { workbench, trainers } = bench();
    const first = await workbench.start(TINY);
    const waiting = await workbench.start(TINY);
    expect(await workbench.stop(String(waiting.id))).toMatchObject({ status: 'stopped' });
    expect(await workbench.finished(waiting.id)).toMatchObject({ status: 'stopped' });
    trainers[0]!.end({ status: 'finished', iteration: 10 });
    await workbench.finished(first.id);
    expect(trainers).toHaveLength(1);
  });

  it('passes over a waiting run that another process stopped', async () => {
    const { workbench, trainers, folder } = bench();
    const first = await workbench.start(TINY);
    const waiting = await workbench.start(TINY);
    const { workbench: elsewhere } = bench({}, folder);
    await elsewhere.stop(String(waiting.id));
    trainers[0]!.end({ status: 'finished', iteration: 10 });
    await workbench.finished(first.id);
    expect(await workbench.finished(waiting.id)).toMatchObject({ status: 'stopped' });
    expect(trainers).toHaveLength(1);
  });
});

describe('stopping', () => {
  it('asks the trainer and waits for its end', async () => {
    const { workbench, trainers } = bench();
    const { id } = await workbench.start(TINY);
    trainers[0]!.ready();
    const stopped = workbench.stop(String(id));
    expect(trainers[0]!.sent.at(-1)).toEqual({ type: 'stop' });
    trainers[0]!.end({ status: 'stopped', iteration: 4 });
    expect(await stopped).toMatchObject({ status: 'stopped' });
  });

  it('killing leaves the run interrupted', async () => {
    const { workbench, trainers } = bench();
    const { id } = await workbench.start(TINY);
    trainers[0]!.ready();
    workbench.kill(id);
    expect(await workbench.finished(id)).toMatchObject({ status: 'interrupted', error: { message: expect.stringContaining('killed on request') as string } });
  });

  it('refuses a run that does not run, and one that does not exist', async () => {
    const { workbench, trainers } = bench();
    const { id } = await workbench.start(TINY);
    trainers[0]!.end({ status: 'finished', iteration: 10 });
    await workbench.finished(id);
    expect((await refusal(() => workbench.stop(String(id)))).code).toBe('stop.idle');
    expect((await refusal(() => workbench.stop('99'))).code).toBe('run.unknown');
  });
});

describe('resuming', () => {
  it('goes on with the same run, with more iterations where asked', async () => {
    const { workbench, trainers } = bench();
    const { id } = await workbench.start(TINY);
    trainers[0]!.end({ status: 'stopped', iteration: 4 });
    await workbench.finished(id);
    await workbench.resume(String(id), { iterations: 25 });
    expect(trainers[1]!.sent[0]).toMatchObject({ run: id, config: { iterations: 25 } });
  });

  it('refuses a run that is in the queue, and one that another process trains', async () => {
    const { workbench, folder } = bench();
    const { id } = await workbench.start(TINY);
    expect((await refusal(() => workbench.resume(String(id)))).code).toBe('run.busy');
    const store = openStore(folder);
    onTestFinished(() => store.close());
    claimRun(store, id, process.pid);
    const { workbench: elsewhere } = bench({}, folder);
    expect((await refusal(() => elsewhere.resume(String(id)))).code).toBe('run.busy');
  });

  it('leaves a run alone that its trainer found busy', async () => {
    const { workbench, trainers, folder } = bench();
    const store = openStore(folder);
    onTestFinished(() => store.close());
    const { id } = await workbench.start(TINY);
    claimRun(store, id, process.pid);
    trainers[0]!.end({ status: 'failed', iteration: 0, error: { name: 'BasinError', code: 'run.busy', kind: 'user', message: 'busy' } });
    await expect(workbench.finished(id)).rejects.toMatchObject({ code: 'run.busy' });
    expect(getRun(store, id).status).toBe('running');
  });
});

it('marks runs interrupted whose process is gone when it opens', () => {
  const folder = newFolder();
  const store = openStore(folder);
  const id = createRun(store, { config: resolveConfig({}), engine: 'compiled', device: 'cpu', versions: {} });
  // No process has this number: Linux stops at 2²².
  claimRun(store, id, 2 ** 30);
  store.close();
  expect(bench({}, folder).workbench.find(String(id)).status).toBe('interrupted');
});

describe('deleted runs', () => {
  it('are hidden together or not at all, and go for good an hour later when a workbench opens, with their files', async () => {
    const { workbench, folder, trainers } = bench();
    const [first, second, third] = [await workbench.start(TINY), await workbench.start(TINY), await workbench.start(TINY)];
    trainers[0]!.end({ status: 'finished', iteration: 10 });
    await workbench.finished(first.id);
    expect((await refusal(() => workbench.remove([first.id, second.id]))).code).toBe('run.busy');
    expect(workbench.list()).toHaveLength(3);
    workbench.remove([first.id, third.id]);
    expect(workbench.list().map(({ id }) => id)).toEqual([second.id]);
    expect(workbench.active).toEqual([second.id]);
    for (const { id } of [first, third]) {
      mkdirSync(join(folder, 'checkpoints', String(id)), { recursive: true });
      writeFileSync(join(folder, 'checkpoints', String(id), '00000010.safetensors'), 'x');
    }
    expect(await Workbench.open(folder).purged).toEqual([]);
    workbench.store.write('UPDATE runs SET deleted_at = deleted_at - 3600001 WHERE id = ?', first.id);
    const later = Workbench.open(folder);
    expect(await later.purged).toEqual([first.id]);
    later.close();
    expect(readdirSync(join(folder, 'checkpoints'))).toEqual([String(third.id)]);
    // What was not yet gone is the next one's when a workbench is closed at once.
    workbench.store.write('UPDATE runs SET deleted_at = 1 WHERE id = ?', third.id);
    const brief = Workbench.open(folder);
    brief.close();
    expect(await brief.purged).toEqual([]);
  });
});
