import { describe, expect, it, vi } from 'vitest';
import { claimRun, endRun, getRun } from '../../../db/runs.ts';
import { openStore } from '../../../db/open.ts';
import { writeProbe } from '../../../db/probes.ts';
import { writeSeries } from '../../../db/series.ts';
import { DEFAULT_TIMEOUT, waitUntil } from '../../support/wait-until.ts';
import { refusalOf } from '../../support/refusal.ts';
import { golden } from '../workbench/sandbox.ts';
import { bench, connect, TINY, type Connected } from './pair.ts';
import type { Payload, PushName } from '../../../src-main/contract/api/index.ts';

/** Everything of one kind that a client hears. */
function heard<Name extends PushName>(client: Connected, name: Name): Payload<Name>[] {
  const all: Payload<Name>[] = [];
  client.on(name, (payload) => all.push(payload));
  return all;
}

describe('runs', () => {
  it('are started one for each seed, on one engine, with what a person said of them', async () => {
    const { client, trainers } = bench();
    const { runs } = await client.request('runs.start', { ...TINY, seeds: [3, 4], name: 'two', tags: ['a'], notes: 'why' });
    expect(runs.map(({ seed, name, status, tags, hasNotes, changes }) => ({ seed, name, status, tags, hasNotes, changes }))).toEqual(
      [4, 3].map((seed) => ({ seed, name: 'two', status: 'queued', tags: ['a'], hasNotes: true, changes: { ...TINY.changes, seed } })),
    );
    expect(trainers).toHaveLength(1);
    expect((await client.request('runs.list', {})).runs).toEqual(runs);
    const details = await client.request('runs.get', { run: runs[0]!.id });
    expect(details).toMatchObject({ notes: 'why', hasEnergy: true, owner: 'here', problem: { widths: { x: 8, y: 4 }, pictures: { y: { count: 1, rows: 2, columns: 2 } } }, config: { seed: 4, rank: 2 } });
    expect(details.parameters).toBe(12 * 4 + 4 + 2 * (4 * 4 + 4) + 4 + 1);
  });

  it('are not started at all when one of them cannot be', async () => {
    const { client } = bench();
    expect(await refusalOf(client.request('runs.start', { ...TINY, name: '12', seeds: [1, 2] }))).toMatchObject({ code: 'run.name' });
    expect(await refusalOf(client.request('runs.start', { ...TINY, changes: { hiden: 1 } }))).toMatchObject({ code: 'config.unknown', message: expect.stringContaining('hidden') as string });
    expect((await client.request('runs.list', {})).runs).toEqual([]);
  });

  it('are annotated together: tags are added and taken away, each other field is set', async () => {
    const { client } = bench();
    const { runs } = await client.request('runs.start', { ...TINY, seeds: [1, 2], tags: ['a', 'b'] });
    const ids = runs.map(({ id }) => id);
    const changed = await client.request('runs.annotate', { runs: ids, addTags: ['c'], removeTags: ['a'], star: true });
    expect(changed.runs.map(({ tags, star, archived }) => ({ tags, star, archived }))).toEqual([{ tags: ['b', 'c'], star: true, archived: false }, { tags: ['b', 'c'], star: true, archived: false }]);
    expect(await refusalOf(client.request('runs.annotate', { runs: ids, name: 'one name' }))).toMatchObject({ code: 'contract.input', message: expect.stringContaining('2 runs') as string });
    expect((await client.request('runs.annotate', { runs: [ids[0]!], name: 'mine', notes: 'n', tags: [] })).runs[0]).toMatchObject({ name: 'mine', hasNotes: true, tags: [] });
    expect(await refusalOf(client.request('runs.annotate', { runs: [ids[0]!, 99], star: false }))).toMatchObject({ code: 'run.unknown' });
    expect((await client.request('runs.get', { run: ids[0]! })).run.star).toBe(true);
  });

  it('are hidden by deleting and come back; one that waits is taken out of the queue, one that trains is refused', async () => {
    const { client, trainers, workbench } = bench();
    const { runs } = await client.request('runs.start', { ...TINY, seeds: [1, 2, 3] });
    // Newest first; the oldest trains, the others wait.
    const [third, second, first] = runs.map(({ id }) => id) as [number, number, number];
    expect(await refusalOf(client.request('runs.delete', { runs: [second, first] }))).toMatchObject({ code: 'run.busy' });
    expect((await client.request('runs.list', {})).runs).toHaveLength(3);
    await client.request('runs.delete', { runs: [second] });
    expect((await client.request('runs.list', {})).runs.map(({ id }) => id)).toEqual([third, first]);
    for (const name of ['runs.get', 'probes.iterations', 'replay.columns'] as const) expect(await refusalOf(client.request(name, { run: second })), name).toMatchObject({ code: 'run.unknown' });
    expect(await refusalOf(client.request('series.read', { queries: [{ run: second, metric: 'loss' }], points: 8 }))).toMatchObject({ code: 'run.unknown' });
    const end = workbench.finished(first);
    trainers[0]!.end({ status: 'finished', iteration: 10 });
    await end;
    expect(trainers.map(({ sent }) => (sent[0] as { run: number }).run)).toEqual([first, third]);
    expect((await client.request('runs.restore', { runs: [second] })).runs[0]).toMatchObject({ id: second, status: 'stopped' });
    expect((await client.request('runs.list', {})).runs).toHaveLength(3);
  });

  it('tell a form what is wrong with it, field by field, and start nothing', async () => {
    const { client } = bench();
    const judged = await client.request('runs.validate', { preset: 'quick', changes: { hiden: 1, rank: 0, steps: 'many', learning_rate: NaN } });
    expect(judged.config).toBeNull();
    expect(judged.errors.map(({ name }) => name)).toEqual(['hiden', 'rank', 'steps', 'learning_rate']);
    expect(judged.errors[3]!.message).toContain('NaN');
    expect((await client.request('runs.validate', { changes: { steps: 3, steps_min: 4 } })).errors).toMatchObject([{ name: 'steps_min' }]);
    expect(await client.request('runs.validate', { preset: 'quick', changes: { seed: 3 } })).toMatchObject({ config: { rank: 4, seed: 3 }, errors: [], parameters: 39_425 });
    const { id } = await importedRun();
    async function importedRun() {
      const { workbench, client: other } = bench();
      const run = await workbench.importWeights(golden('irem-addition-r4'), { changes: {}, engine: { engine: 'compiled', device: 'cpu' } });
      const fork = { run: run.id, from: 'last' } as const;
      expect((await other.request('runs.validate', { changes: { hidden: 3 }, fork })).errors).toMatchObject([{ name: 'hidden', message: expect.stringContaining('keeps its weights') as string }]);
      expect((await other.request('runs.validate', { changes: { iterations: 5 }, fork })).errors).toEqual([]);
      return run;
    }
    expect(id).toBe(1);
  });

  it('of a trainer that has to answer are refused when there is none', async () => {
    const { client, trainers } = bench();
    const { runs } = await client.request('runs.start', TINY);
    const run = runs[0]!.id;
    const asked = [client.request('runs.checkpoint', { run }), client.request('replay.refresh', { run })];
    await vi.waitFor(() => expect(trainers[0]!.sent.slice(1)).toEqual([{ type: 'checkpoint' }, { type: 'replay' }]));
    trainers[0]!.say({ type: 'replay', iteration: 7 });
    expect(await asked[1]).toEqual({ iteration: 7 });
    trainers[0]!.exit({ code: null, signal: 'SIGSEGV' });
    expect(await refusalOf(asked[0]!)).toMatchObject({ code: 'trainer.crashed', message: expect.stringContaining('SIGSEGV') as string });
    expect(await refusalOf(client.request('runs.checkpoint', { run }))).toMatchObject({ code: 'trainer.none' });
  });
});

describe('what is told', () => {
  it('reaches every client: new runs, progress, probes, the end; and only those who follow hear live values', async () => {
    const { client, host, trainers } = bench();
    const other = connect(host);
    const lists = [heard(client, 'runs.changed'), heard(other, 'runs.changed')];
    const live = [heard(client, 'live.metrics'), heard(other, 'live.metrics')];
    const notices = [heard(client, 'notice'), heard(other, 'notice')];
    const probes = heard(client, 'live.probe');
    const { runs } = await client.request('runs.start', TINY);
    const run = runs[0]!.id;
    await client.request('live.follow', { runs: [run] });
    trainers[0]!.ready();
    const energies = Float32Array.of(1, 3, 0, 4);
    trainers[0]!.say({ type: 'metrics', series: [{ metric: 'loss', first: 1, values: Float64Array.of(3, 2, NaN) }], last: 3, walk: { iteration: 3, fresh: 4, replayed: 0, mean: Float64Array.of(2), deviation: Float64Array.of(1) } });
    trainers[0]!.say({ type: 'probe', probe: { iteration: 3, difficulty: 'same', steps: 1, problems: 2, energies, errors: energies, gradientNorms: energies, answers: new Float32Array(0), answersKept: 0 } });
    trainers[0]!.end({ status: 'diverged', iteration: 3, divergence: { iteration: 3, step: 1, quantity: 'energy' } });
    await waitUntil(() => notices.every(({ length }) => length === 1));
    expect(live).toMatchObject([[{ run, last: 3, total: 3, series: [{ metric: 'loss', iterations: Float64Array.of(1, 2, 3), values: Float64Array.of(3, 2, NaN) }], walk: { iteration: 3, fresh: 4 } }], []]);
    expect(probes).toMatchObject([{ run, probe: { difficulty: 'same', meanEnergies: Float64Array.of(2, 2), energyDeviations: Float64Array.of(1, 2) } }]);
    for (const list of lists) expect(list.flatMap((each) => each.runs.map(({ status }) => status)).at(-1)).toBe('diverged');
    expect(notices[1]).toMatchObject([{ level: 'warning', run, text: expect.stringMatching(/iteration 3, step 1, the energy.*No checkpoint.*smaller learning rate/) as string }]);
  });

  it('includes what another process does: its runs, their live values, their end, and what it deletes', async () => {
    const { client, folder } = bench();
    const { runs } = await client.request('runs.start', { ...TINY, seeds: [0, 1] });
    const run = runs[0]!.id;
    await client.request('runs.stop', { run });
    const changed = heard(client, 'runs.changed');
    const [live, probes, logs, notices] = [heard(client, 'live.metrics'), heard(client, 'live.probe'), heard(client, 'live.log'), heard(client, 'notice')];
    await client.request('live.follow', { runs: [run] });
    // Another window or terminal: a connection of its own.
    const elsewhere = openStore(folder);
    claimRun(elsewhere, run, process.pid);
    writeSeries(elsewhere, run, [{ metric: 'loss', first: 1, values: Float64Array.of(5, 4) }]);
    const one = new Float32Array(2).fill(1);
    writeProbe(elsewhere, run, { iteration: 2, difficulty: 'same', steps: 1, problems: 1, energies: one, errors: one, gradientNorms: one, answers: new Float32Array(0), answersKept: 0 });
    elsewhere.write(`INSERT INTO log_lines (run, iteration, level, message, at) VALUES (?, 2, 'info', 'hello', 0)`, run);
    await waitUntil(() => live.length > 0 && probes.length > 0 && logs.length > 0);
    expect(live[0]).toMatchObject({ run, total: 2, series: [{ metric: 'loss', values: Float64Array.of(5, 4) }] });
    expect([probes[0]!.probe.iteration, logs[0]!.line.message]).toEqual([2, 'hello']);
    expect((await client.request('runs.get', { run })).owner).toBe('elsewhere');
    writeSeries(elsewhere, run, [{ metric: 'loss', first: 3, values: Float64Array.of(3) }]);
    endRun(elsewhere, run, { status: 'finished', iteration: 3 });
    await waitUntil(() => live.length > 1 && notices.length > 0);
    // Nothing is told twice.
    expect(live.slice(1).flatMap(({ series }) => series.flatMap(({ values }) => [...values]))).toEqual([3]);
    expect(notices).toMatchObject([{ level: 'info', run, title: expect.stringContaining('finished') as string }]);
    elsewhere.write('DELETE FROM runs WHERE id = ?', run);
    elsewhere.close();
    await waitUntil(() => changed.some(({ removed }) => removed.includes(run)));
  });

  it('includes a run of another process that was killed: it is interrupted, with what to do', async () => {
    const { client, folder } = bench();
    const { runs } = await client.request('runs.start', { ...TINY, seeds: [0, 1] });
    const run = runs[0]!.id;
    await client.request('runs.stop', { run });
    const notices = heard(client, 'notice');
    const changed = heard(client, 'runs.changed');
    const elsewhere = openStore(folder);
    claimRun(elsewhere, run, 2 ** 30);
    elsewhere.close();
    await waitUntil(() => notices.length > 0);
    expect(notices).toMatchObject([{ level: 'error', run, text: expect.stringMatching(/is gone.*Resume it/) as string }]);
    expect(changed.at(-1)!.runs.find(({ id }) => id === run)!.status).toBe('interrupted');
  });

  it('tells every client what one of them prefers, and what another process does', async () => {
    const { client, host, workbench, folder, trainers } = bench();
    const other = connect(host);
    const changed = heard(other, 'preferences.changed');
    await client.request('runs.start', { ...TINY, seeds: [0, 1] });
    expect(trainers).toHaveLength(1);
    expect(await client.request('app.prefer', { concurrency: 2, theme: 'dark' })).toMatchObject({ preferences: { concurrency: 2, theme: 'dark', digits: 3 } });
    // At once, not at the next start.
    await waitUntil(() => trainers.length === 2);
    expect(changed).toMatchObject([{ preferences: { theme: 'dark' } }]);
    const elsewhere = openStore(folder);
    elsewhere.write(`UPDATE preferences SET value = '"light"' WHERE name = 'theme'`);
    elsewhere.close();
    await waitUntil(() => changed.length === 2);
    expect(changed[1]).toMatchObject({ preferences: { theme: 'light', concurrency: 2 } });
    expect((await other.request('app.info', {})).preferences.theme).toBe('light');
    expect(getRun(workbench.store, 1).status).toBe('queued');
  }, DEFAULT_TIMEOUT);

  it('passes on what the window is asked to do', async () => {
    const { client, host } = bench();
    const commands = heard(client, 'shell.command');
    host.command('go', '/runs/3');
    host.command('new-run');
    await waitUntil(() => commands.length === 2);
    expect(commands).toEqual([{ command: 'go', argument: '/runs/3' }, { command: 'new-run' }]);
  });
});

describe('layout and files', () => {
  it('remembers pieces of layout, and refuses what is too long or no JSON', async () => {
    const { client, folder, host } = bench();
    await client.request('app.layout', { key: 'runs.columns', value: { shown: ['a'], width: 3 } });
    await client.request('app.layout', { key: 'other', value: 1 });
    await client.request('app.layout', { key: 'other', value: null });
    expect((await connect(host).request('app.info', {})).layout).toEqual({ 'runs.columns': { shown: ['a'], width: 3 } });
    expect(await refusalOf(client.request('app.layout', { key: 'runs.columns', value: 'x'.repeat(70_000) }))).toMatchObject({ code: 'contract.input', message: expect.stringContaining('65536') as string });
    expect(folder).toBeTruthy();
  });

  it('are the shell\'s to save and to show; a host without one says so', async () => {
    const saved: [string, number][] = [];
    const shell = { save: (filename: string, content: Uint8Array) => (saved.push([filename, content.length]), Promise.resolve(filename === 'no' ? undefined : `/home/${filename}`)), reveal: () => Promise.resolve() };
    const { client } = bench({ shell });
    expect(await client.request('app.save', { filename: 'a.csv', content: new Uint8Array(3) })).toEqual({ saved: true, path: '/home/a.csv' });
    expect(await client.request('app.save', { filename: 'no', content: new Uint8Array(0) })).toEqual({ saved: false });
    expect(await client.request('app.reveal', {})).toEqual({});
    expect(saved).toEqual([['a.csv', 3], ['no', 0]]);
    const { client: browser } = bench();
    expect(await browser.request('app.save', { filename: 'a.csv', content: new Uint8Array(3) })).toEqual({ saved: false });
    expect(await refusalOf(browser.request('app.reveal', {}))).toMatchObject({ code: 'app.reveal', message: expect.stringContaining('data folder') as string });
  });
});

describe('a session', () => {
  it('that is closed is told nothing more, and what it asks is refused', async () => {
    const { host, client, trainers } = bench();
    const pushed: string[] = [];
    const session = host.open((name) => pushed.push(name));
    const { runs } = await client.request('runs.start', TINY);
    await session.handle('live.follow', { runs: [runs[0]!.id] });
    const open = session.handle('runs.list', {});
    session.close();
    const before = pushed.length;
    expect(await open).toMatchObject({ ok: true });
    trainers[0]!.say({ type: 'metrics', series: [{ metric: 'loss', first: 1, values: Float64Array.of(1) }], last: 1 });
    await client.request('app.prefer', { digits: 5 });
    expect(pushed).toHaveLength(before);
    expect(await session.handle('runs.list', {})).toMatchObject({ ok: false, error: { code: 'host.gone' } });
  });

  it('whose transport fails does not disturb the others', async () => {
    const { host, client, trainers } = bench();
    const broken = host.open(() => {
      throw new Error('Object has been destroyed');
    });
    const { runs } = await client.request('runs.start', TINY);
    for (const follow of [broken.handle('live.follow', { runs: [runs[0]!.id] }), client.request('live.follow', { runs: [runs[0]!.id] })]) await follow;
    const live = heard(client, 'live.metrics');
    trainers[0]!.say({ type: 'metrics', series: [{ metric: 'loss', first: 1, values: Float64Array.of(1) }], last: 1 });
    await waitUntil(() => live.length === 1);
  });
});
