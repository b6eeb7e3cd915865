import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { readLog } from '../../db/log.ts';
import { migrate } from '../../db/migrate.ts';
import { MIGRATIONS } from '../../db/migrations/index.ts';
import { DATABASE, openStore, type WriteStore } from '../../db/open.ts';
import { readReplayColumns } from '../../db/replay.ts';
import { claimRun, createRun, getRun, listRuns, reconcileRuns } from '../../db/runs.ts';
import { readSeries } from '../../db/series.ts';
import type { ErrorData } from '../../src-main/contract/errors.ts';
import { resolveConfig } from '../../src-main/contract/settings.ts';
import type { Job } from './store-child.ts';

const CHILD = fileURLToPath(new URL('store-child.ts', import.meta.url));
const folders: string[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
  }
  for (const folder of folders.splice(0)) {
    chmodSync(folder, 0o755);
    rmSync(folder, { recursive: true });
  }
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'basin-store-'));
  folders.push(folder);
  return folder;
}

const newRun = (store: WriteStore): number => createRun(store, { config: resolveConfig({}), engine: 'compiled', device: 'cpu', versions: {} });

/** A child that has loaded everything and waits for its job. */
async function ready(child = fork(CHILD)): Promise<ChildProcess> {
  children.push(child);
  await once(child, 'message');
  return child;
}

interface Answer {
  readonly done?: unknown;
  readonly error?: ErrorData;
  readonly flushed?: number;
}

/** What a child says when its job is over. */
function answer(child: ChildProcess, job: Job): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const listen = (message: Answer) => {
      if (message.flushed !== undefined) return;
      child.off('message', listen).off('exit', fail);
      resolve(message);
    };
    const fail = (code: number | null, signal: string | null) => reject(new Error(`the child ended early: ${String(code ?? signal)}`));
    child.on('message', listen).once('exit', fail);
    child.send(job);
  });
}

describe('several processes', () => {
  it('open new stores at once', async () => {
    const folder = newFolder();
    const all = await Promise.all([ready(), ready(), ready(), ready()]);
    expect(await Promise.all(all.map((child) => answer(child, { does: 'open-many', folder })))).toEqual(Array(4).fill({ done: 'all' }));
  });

  it('open an old store at once: each migration is done once', async () => {
    const folder = newFolder();
    const database = new Sqlite(join(folder, DATABASE));
    migrate(database, database.name, MIGRATIONS.slice(0, 1));
    database.close();
    const all = await Promise.all([ready(), ready(), ready()]);
    expect(await Promise.all(all.map((child) => answer(child, { does: 'open', folder })))).toEqual(Array(3).fill({ done: 0 }));
    expect(readdirSync(folder).filter((name) => name.includes('.v1.'))).toHaveLength(1);
  });

  it('write at once, each its own run, and nothing is missing', async () => {
    const folder = newFolder();
    const store = openStore(folder);
    const runs = [newRun(store), newRun(store), newRun(store)];
    const all = await Promise.all(runs.map(() => ready()));
    expect(await Promise.all(all.map((child, i) => answer(child, { does: 'write', folder, run: runs[i]!, flushes: 100 })))).toEqual(Array(3).fill({ done: 3 }));
    for (const run of runs) {
      expect(readSeries(store, run, 'loss')).toMatchObject({ iterations: { first: 1 }, count: 1000, min: 1, max: 100 });
      expect(readLog(store, run)).toHaveLength(100);
      expect(readReplayColumns(store, run)).toMatchObject({ iteration: 100, count: 20 });
    }
    store.close();
  });

  it('claim one run at once: one gets it', async () => {
    const folder = newFolder();
    const store = openStore(folder);
    const all = await Promise.all([ready(), ready(), ready(), ready()]);
    for (let round = 0; round < 10; round++) {
      const run = newRun(store);
      const answers = await Promise.all(all.map((child) => answer(child, { does: 'claim', folder, run })));
      const winners = all.filter((_, i) => answers[i]!.error === undefined).map(({ pid }) => pid);
      expect(winners).toEqual([getRun(store, run).pid]);
      expect(answers.flatMap(({ error }) => (error ? [error.code] : []))).toEqual(Array(3).fill('run.busy'));
    }
    store.close();
  });
});

describe('a process that is killed', () => {
  it('in the middle of writing leaves whole flushes, all that it told of, and a run that another can take', async () => {
    const folder = newFolder();
    const store = openStore(folder);
    for (let round = 0; round < 5; round++) {
      const run = newRun(store);
      const child = await ready();
      let told = 0;
      const left = once(child, 'exit');
      // Killed at another moment of a flush each time: they take a few milliseconds.
      child.on('message', ({ flushed }: Answer) => {
        told = flushed ?? told;
        if (told === 20) setTimeout(() => child.kill('SIGKILL'), round * 1.7);
      });
      child.send({ does: 'write', folder, run, flushes: 1_000_000 } satisfies Job);
      await left;

      const { values } = readSeries(store, run, 'loss');
      const kept = values.length / 10;
      expect(kept).toBeGreaterThanOrEqual(told);
      expect(Number.isInteger(kept)).toBe(true);
      expect(readSeries(store, run, 'ms').values).toEqual(values);
      expect(readLog(store, run).at(-1)!.iteration).toBe(kept);
      expect(readReplayColumns(store, run)).toMatchObject({ iteration: kept, count: 20 });
      expect(reconcileRuns(store)).toEqual([run]);
      claimRun(store, run, process.pid);
      expect(getRun(store, run).status).toBe('running');
    }
    store.close();
    const database = new Sqlite(join(folder, DATABASE));
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(database.pragma('foreign_key_check')).toEqual([]);
    database.close();
  });
});

it.runIf(process.platform === 'linux')('a process that has ended owns nothing, though its parent has not noticed', async () => {
  const store = openStore(newFolder());
  const run = newRun(store);
  // The shell becomes a program that never asks for its children.
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(parent);
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const zombie = Number(line.toString());
  await expect.poll(() => readFileSync(`/proc/${zombie}/stat`, 'latin1')).toContain(') Z ');
  claimRun(store, run, zombie);
  expect(reconcileRuns(store)).toEqual([run]);
  store.close();
});

/** Windows has neither users to become nor limits to set. */
describe.skipIf(process.platform === 'win32')('a machine that refuses', () => {
  // Permissions do not bind root, so the child becomes somebody else.
  const user = process.getuid?.() === 0 ? { user: 65_534 } : {};

  it('a folder that may only be read: a store in it is neither made nor changed', async () => {
    const folder = newFolder();
    chmodSync(folder, 0o555);
    expect((await answer(await ready(), { does: 'open', folder, ...user })).error).toMatchObject({ code: 'store.readonly', message: expect.stringContaining(folder) });
    expect((await answer(await ready(), { does: 'open', folder: join(folder, 'below'), ...user })).error).toMatchObject({ code: 'store.folder' });
    expect(readdirSync(folder)).toEqual([]);

    chmodSync(folder, 0o755);
    const store = openStore(folder);
    newRun(store);
    store.close();
    chmodSync(folder, 0o555);
    const before = statSync(join(folder, DATABASE));
    expect((await answer(await ready(), { does: 'create', folder, ...user })).error).toMatchObject({ code: 'store.readonly', kind: 'operational' });
    expect(statSync(join(folder, DATABASE))).toMatchObject({ size: before.size, mtimeMs: before.mtimeMs });
  });

  it('a database that may only be read', async () => {
    const folder = newFolder();
    openStore(folder).close();
    chmodSync(folder, 0o777);
    chmodSync(join(folder, DATABASE), 0o444);
    expect((await answer(await ready(), { does: 'create', folder, ...user })).error).toMatchObject({ code: 'store.readonly', message: expect.stringContaining(DATABASE) });
  });

  it('a file that may not grow: the write is undone and said, what was there is there', async () => {
    const folder = newFolder();
    const store = openStore(folder);
    const run = newRun(store);
    store.close();
    // 400 blocks of 512 or 1024 bytes: room for the store, not for the megabyte that the child writes.
    const child = spawn('sh', ['-c', 'ulimit -f 400; exec "$0" "$1"', process.execPath, CHILD], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    expect((await answer(await ready(child), { does: 'create', folder })).error).toMatchObject({ code: 'store.io', message: expect.stringMatching(/Everything written before is kept/) });
    const again = openStore(folder);
    expect(listRuns(again).map(({ id }) => id)).toEqual([run]);
    newRun(again);
    again.close();
  });
});
