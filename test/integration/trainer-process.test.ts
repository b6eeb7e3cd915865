import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { listCheckpoints } from '../../db/checkpoints.ts';
import { readReplayColumns } from '../../db/replay.ts';
import { reconcileRuns } from '../../db/run-life.ts';
import { getRun } from '../../db/runs.ts';
import { readSeries } from '../../db/series.ts';
import { loadCheckpoint } from '../../src-main/trainer/checkpoints.ts';
import { launch, newRun, small } from './trainer-program.ts';
import { temporaryStore } from '../support/temporary-store.ts';

const endless = (changes = {}) => small({ iterations: 1_000_000, ...changes });

describe('the trainer saves and stops', () => {
  test.each(['SIGTERM', 'SIGHUP', 'a command'])('on %s', async (how) => {
    const store = temporaryStore();
    const run = newRun(store, endless());
    const trainer = launch(store, run);
    await trainer.until(() => trainer.last >= 20);
    if (how === 'a command') trainer.command({ type: 'stop' });
    else trainer.child.kill(how as NodeJS.Signals);
    expect(await trainer.gone()).toBe(0);
    const { iteration } = trainer.ended!;
    expect(trainer.ended).toEqual({ type: 'ended', status: 'stopped', iteration });
    expect(getRun(store, run)).toMatchObject({ status: 'stopped', iteration, pid: null });
    expect(loadCheckpoint(store, run).row.iteration).toBe(iteration);
    expect(readReplayColumns(store, run).iteration).toBe(iteration);
    expect(readSeries(store, run, 'loss').count).toBe(iteration);
  });

  test('when its owner is gone', async () => {
    const store = temporaryStore();
    const run = newRun(store, endless());
    const trainer = launch(store, run);
    await trainer.until(() => trainer.last >= 20);
    trainer.child.disconnect();
    expect(await trainer.gone()).toBe(0);
    const { status, iteration } = getRun(store, run);
    expect(status).toBe('stopped');
    expect(loadCheckpoint(store, run).row.iteration).toBe(iteration);
  });

  test('but not on SIGINT, which a terminal sends to all: that is for its owner to decide', async () => {
    const store = temporaryStore();
    const run = newRun(store, endless());
    const trainer = launch(store, run);
    await trainer.until(() => trainer.last >= 20);
    trainer.child.kill('SIGINT');
    const { last } = trainer;
    await trainer.until(() => trainer.last >= last + 200);
    expect(trainer.ended).toBeUndefined();
    trainer.command({ type: 'stop' });
    expect(await trainer.gone()).toBe(0);
  });
});

test('its owner gets at most five messages a second, and a checkpoint on request', async () => {
  const store = temporaryStore();
  const run = newRun(store, endless());
  const trainer = launch(store, run);
  await trainer.until(() => trainer.last >= 20);
  trainer.command({ type: 'checkpoint' });
  await trainer.until(() => trainer.events.some(({ event }) => event.type === 'checkpoint'));
  const { event } = trainer.events.find((each) => each.event.type === 'checkpoint')!;
  expect(event).toMatchObject({ best: false, file: listCheckpoints(store, run)[0]!.file });
  const from = performance.now();
  await trainer.until(() => performance.now() - from > 2000);
  trainer.command({ type: 'stop' });
  await trainer.gone();
  const metrics = trainer.events.filter((each) => each.event.type === 'metrics' && each.at >= from && each.at < from + 2000);
  expect(metrics.length).toBeLessThanOrEqual(11);
  expect(metrics.length).toBeGreaterThan(3);
});

/** Windows has neither users to become nor limits to set. */
describe.skipIf(process.platform === 'win32')('when the disk refuses', () => {
  test('a checkpoint that finds no room fails the run and names the file; all that was stored stays', async () => {
    const store = temporaryStore();
    // Files of at most 1.5 MB (or 3 MB): the database and its log fit, the growing buffer soon does not.
    store.all('PRAGMA wal_checkpoint(TRUNCATE)');
    const run = newRun(store, endless({ iterations: 1000, checkpoint_every: 50, replay_capacity: 40_000, batch: 128, replay_fraction: 0.5 }));
    const trainer = launch(store, run, { shell: 'ulimit -f 3000;' });
    expect(await trainer.gone()).toBe(0);
    const { error } = trainer.ended!;
    expect(trainer.ended).toMatchObject({ status: 'failed' });
    expect(error!.code).toMatch(/^file\.(write|disk-full)$/);
    expect(error!.message).toContain(join('checkpoints', String(run)));
    const row = getRun(store, run);
    expect(row).toMatchObject({ status: 'failed', error: { code: error!.code }, pid: null });
    expect(readSeries(store, run, 'loss').count).toBe(row.iteration);
    for (const { iteration } of listCheckpoints(store, run)) expect(() => loadCheckpoint(store, run, iteration)).not.toThrow();
    expect(readdirSync(join(store.folder, 'checkpoints', String(run))).filter((name) => name.endsWith('.tmp'))).toEqual([]);

    // With room again, the run goes on.
    const again = launch(store, run);
    expect(await again.gone()).toBe(0);
    expect(again.ended).toMatchObject({ status: 'finished' });
  });

  test('a database that cannot grow ends the run with a clear error; what was written before can be read', async () => {
    const store = temporaryStore();
    const run = newRun(store, endless({ steps: 60, rank: 2, hidden: 4, batch: 4 }));
    const trainer = launch(store, run, { shell: 'ulimit -f 4000;' });
    expect(await trainer.gone()).toBe(0);
    expect(trainer.ended).toMatchObject({ status: 'failed', error: { code: expect.stringMatching(/^store\.(io|full)$/), message: expect.stringContaining('basin.sqlite') } });
    reconcileRuns(store);
    expect(['failed', 'interrupted']).toContain(getRun(store, run).status);
    const { values, count } = readSeries(store, run, 'loss');
    expect(count).toBeGreaterThan(100);
    expect(values.every(Number.isFinite)).toBe(true);
    expect(store.all('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });

  test('a store that is read-only is said so at once, and nothing of the run changes', async () => {
    const store = temporaryStore();
    const run = newRun(store, endless());
    const before = getRun(store, run);
    for (const name of readdirSync(store.folder)) chmodSync(join(store.folder, name), 0o444);
    chmodSync(store.folder, 0o555);
    const trainer = launch(store, run, { program: fileURLToPath(new URL('trainer-unprivileged.ts', import.meta.url)) });
    expect(await trainer.gone()).toBe(0);
    chmodSync(store.folder, 0o755);
    for (const name of readdirSync(store.folder)) chmodSync(join(store.folder, name), 0o644);
    expect(trainer.ended).toMatchObject({ status: 'failed', error: { code: 'store.readonly', message: expect.stringContaining(store.folder) } });
    expect(getRun(store, run)).toEqual(before);
    expect(existsSync(join(store.folder, 'checkpoints'))).toBe(false);
  });
});
