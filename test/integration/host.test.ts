import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { getRun } from '../../db/runs.ts';
import type { Output, Payload } from '../../src-main/contract/api/index.ts';
import { encodeMessage } from '../../src-main/contract/channel/codec.ts';
import type { RunSummary } from '../../src-main/contract/api/runs.ts';
import { createHost } from '../../src-main/host/host.ts';
import { Workbench } from '../../src-main/workbench/workbench.ts';
import { refusalOf } from '../support/refusal.ts';
import { waitUntil } from '../support/wait-until.ts';
import { connect } from '../unit/host/pair.ts';

const COMPILED = { engine: 'compiled', device: 'cpu' } as const;
const QUICK = { preset: 'quick' as const, tags: [], engine: COMPILED };

/** A host with real trainers, and a client of it. */
function open() {
  const folder = mkdtempSync(join(tmpdir(), 'basin-host-'));
  const workbench = Workbench.open(folder);
  const host = createHost({ workbench, kind: 'test' });
  onTestFinished(async () => {
    await workbench.stopAll();
    host.close();
    workbench.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { workbench, host, client: connect(host) };
}

/** What a client hears of one run. */
function listen(client: ReturnType<typeof connect>, run: number) {
  const heard = { metrics: [] as Payload<'live.metrics'>[], probes: [] as Payload<'live.probe'>[], checkpoints: [] as number[], notices: [] as Payload<'notice'>[], rows: [] as RunSummary[], bytes: 0 };
  client.on('live.metrics', (payload) => {
    if (payload.run !== run) return;
    heard.metrics.push(payload);
    heard.bytes += encodeMessage({ kind: 'push', name: 'live.metrics', payload }).byteLength;
  });
  client.on('live.probe', (payload) => heard.probes.push(payload));
  client.on('live.checkpoint', ({ iteration }) => heard.checkpoints.push(iteration));
  client.on('notice', (notice) => heard.notices.push(notice));
  client.on('runs.changed', ({ runs }) => heard.rows.push(...runs.filter(({ id }) => id === run)));
  return heard;
}

describe('a real run through the host', () => {
  it('is followed live, then read, reasoned about, evaluated, exported and forked', async () => {
    const { client, host, workbench } = open();
    const other = connect(host);
    const { runs } = await client.request('runs.start', { ...QUICK, changes: { iterations: 2500, probe_every: 500, checkpoint_every: 1000 }, seeds: [1], name: 'real' });
    const run = runs[0]!.id;
    const [mine, theirs] = [listen(client, run), listen(other, run)];
    await Promise.all([client, other].map((each) => each.request('live.follow', { runs: [run] })));
    const began = performance.now();
    await waitUntil(() => mine.metrics.length > 2, 60_000);
    const asked = await Promise.all([client.request('runs.checkpoint', { run }), client.request('replay.refresh', { run })]);
    expect(asked.every(({ iteration }) => iteration > 0)).toBe(true);
    await workbench.finished(run);
    await waitUntil(() => mine.notices.length > 0 && theirs.notices.length > 0);
    const seconds = (performance.now() - began) / 1000;

    // Two clients at once hear the same; nothing is missing and nothing is told twice.
    for (const heard of [mine, theirs]) {
      expect(heard.metrics.reduce((sum, { total, series }) => sum + (series.length > 0 ? total : 0), 0)).toBeGreaterThanOrEqual(2500 * 17);
      expect(heard.probes.map(({ probe }) => `${probe.iteration} ${probe.difficulty}`)).toEqual([500, 1000, 1500, 2000, 2500].flatMap((iteration) => [`${iteration} same`, `${iteration} harder`]));
      expect(heard.checkpoints).toEqual(expect.arrayContaining([1000, 2000, 2500]));
      expect(heard.notices).toMatchObject([{ level: 'info', run, title: 'real finished' }]);
      expect(heard.rows.at(-1)).toMatchObject({ status: 'finished', iteration: 2500 });
      expect(heard.bytes / seconds).toBeLessThan(50_000);
      expect(heard.metrics.length / seconds).toBeLessThanOrEqual(11);
    }
    const walk = mine.metrics.at(-1)!.walk!;
    expect([walk.iteration, walk.mean.length, walk.fresh, walk.replayed]).toEqual([2500, 11, 32, 32]);

    const details = await client.request('runs.get', { run });
    expect(details).toMatchObject({ owner: 'none', parameters: 39_425, run: { status: 'finished', nonFinite: false } });
    expect(details.run.references.map(({ difficulty, name }) => `${difficulty} ${name}`)).toEqual(['harder linear-map', 'harder zero', 'same linear-map', 'same zero']);
    expect(details.metrics.map(({ metric }) => metric)).toEqual(expect.arrayContaining(['loss', 'energy/10', 'cpu', 'memory', 'ms']));
    const { series } = await client.request('series.read', { queries: [{ run, metric: 'loss' }, { run, metric: 'probe/same/error/last' }], points: 200 });
    expect(series[0]!.total).toBe(2500);
    expect(series[1]!.values.at(-1)).toBe(details.run.lastError.same);

    const columns = await client.request('replay.columns', { run });
    expect(columns).toMatchObject({ iteration: 2500, capacity: 2500, count: 2500 });
    const uid = columns.uid.at(-1)!;
    const { visits } = await client.request('replay.lineage', { run, uid });
    expect(visits.at(-1)).toMatchObject({ uid, living: true, energy: columns.energy.at(-1), generation: columns.generation.at(-1) });
    const [walked, assessed, evaluated] = await Promise.all([
      client.request('reason.walk', { run, checkpoint: 'last', start: { kind: 'entry', uid }, steps: 20 }),
      client.request('replay.assess', { run, checkpoint: 'last' }),
      client.request('runs.evaluate', { run, checkpoint: 'best', steps: [10, 20], problems: 200, harder: true }),
    ]);
    expect(walked.energies[0]).toBeCloseTo(assessed.energy.at(-1)!, 5);
    expect(evaluated.results[0]!.steps[1]!.error).toBeLessThan(0.05);
    expect(evaluated.results.map(({ errors }) => errors?.length)).toEqual([200, 200]);
    // Kept without every problem's own error.
    const [kept] = (await client.request('runs.evaluations', { runs: [run] })).evaluations;
    expect(kept).toMatchObject({ options: { checkpoint: 'best', problems: 200 }, results: [{ difficulty: 'same', steps: evaluated.results[0]!.steps }, { difficulty: 'harder' }] });
    expect(kept!.results[0]).not.toHaveProperty('errors');
    const { content, filename } = await client.request('runs.export', { run, format: 'csv' });
    expect([filename, new TextDecoder().decode(content.subarray(0, 9))]).toEqual(['real.csv', 'iteration']);

    const { run: fork } = await client.request('runs.fork', { run, from: 1000, changes: { iterations: 1100, learning_rate: 1e-4 }, tags: ['fork'] });
    expect(await workbench.finished(fork.id)).toMatchObject({ status: 'finished', parentRun: run, parentIteration: 1000, iteration: 1100 });
  });

  it('whose trainer is killed is interrupted, tells so in plain words, and goes on from its checkpoint', async () => {
    const { client, workbench } = open();
    const { runs } = await client.request('runs.start', { ...QUICK, changes: { iterations: 200_000, checkpoint_every: 100, probe_every: 0 }, seeds: [0] });
    const run = runs[0]!.id;
    const heard = listen(client, run);
    await client.request('live.follow', { runs: [run] });
    await waitUntil(() => heard.checkpoints.length > 0, 60_000);
    const waiting = client.request('replay.refresh', { run });
    process.kill(getRun(workbench.store, run).pid!, 'SIGKILL');
    // Whoever waits for the trainer is refused, or was answered just before.
    const [outcome] = await Promise.allSettled([waiting]);
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'trainer.crashed' });
    await waitUntil(() => heard.notices.length > 0);
    expect(heard.notices).toMatchObject([{ level: 'error', run, text: expect.stringMatching(/SIGKILL.*kept.*last good checkpoint.*Resume it/s) as string }]);
    expect(heard.rows.at(-1)).toMatchObject({ status: 'interrupted' });
    const { checkpoints } = await client.request('runs.get', { run });
    const before = heard.metrics.length;
    await client.request('runs.resume', { run });
    await waitUntil(() => heard.metrics.length > before, 60_000);
    const { log } = await client.request('runs.get', { run });
    expect(log.at(-1)!.message).toContain(`checkpoint of iteration ${checkpoints.at(-1)!.iteration}`);
    expect(await client.request('runs.stop', { run })).toMatchObject({ run: { status: 'stopped' } });
    expect(await refusalOf(client.request('runs.stop', { run }))).toMatchObject({ code: 'stop.idle' });
  });

  it('that diverges says where, and what to try', async () => {
    const { client, workbench } = open();
    const { runs } = await client.request('runs.start', { ...QUICK, changes: { step_size: 1e6, learning_rate: 1, iterations: 3000 }, seeds: [0] });
    const run = runs[0]!.id;
    const heard = listen(client, run);
    await workbench.finished(run);
    await waitUntil(() => heard.notices.length > 0);
    expect(heard.notices).toMatchObject([{ level: 'warning', text: expect.stringMatching(/stopped being a finite number.*step size λ/s) as string }]);
    const { run: row } = await client.request('runs.get', { run });
    expect(row).toMatchObject({ status: 'diverged', nonFinite: true });
  });
});

it('a trial says how long an iteration takes and how much memory, on the engine that was asked for', async () => {
  const { client } = open();
  const trials = await Promise.all([4, 8].map((rank) => client.request('runs.trial', { preset: 'quick', changes: { rank, iterations: 1000 }, engine: COMPILED })));
  const check = (trial: Output<'runs.trial'>) => {
    expect(trial.engine).toEqual(COMPILED);
    expect(trial.msPerIteration).toBeGreaterThan(0.05);
    expect(trial.seconds).toBeCloseTo(trial.msPerIteration, 6);
    expect(trial.memory).toBeGreaterThan(50e6);
  };
  trials.forEach(check);
  expect(trials[0]!.parameters).toBe(39_425);
  expect(trials[1]!.parameters).toBeGreaterThan(39_425);
  expect(await refusalOf(client.request('runs.trial', { changes: { task: 'dataset', data: '/no/such.npz' }, engine: COMPILED }))).toMatchObject({ code: 'file.missing' });
});
