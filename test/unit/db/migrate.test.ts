import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../../db/migrate.ts';
import { MIGRATIONS } from '../../../db/migrations/index.ts';
import { bestCheckpoint } from '../../../db/checkpoints.ts';
import { readLog } from '../../../db/log.ts';
import { DATABASE, openStoreReadonly } from '../../../db/open.ts';
import { readEvaluations } from '../../../db/evaluations.ts';
import { listProbes, writeProbe } from '../../../db/probes.ts';
import { readReplayColumns } from '../../../db/replay.ts';
import { readLayout, readPreferences } from '../../../db/remembered.ts';
import { changedSince, readSummaries, revisionNow } from '../../../db/run-summaries.ts';
import { annotateRun, getRun, listRuns } from '../../../db/runs.ts';
import { readSeries, thinSeries, writeSeries } from '../../../db/series.ts';
import { resolveConfig } from '../../../src-main/contract/settings.ts';
import { refusal } from '../../support/refusal.ts';
import { newFolder, newStore } from './helpers.ts';

const LATEST = MIGRATIONS.length;

/** A store as the Basin of that version left it, filled by that version's own statements. */
function storeOfVersion(version: number): string {
  const folder = newFolder();
  const database = new Sqlite(join(folder, DATABASE));
  migrate(database, database.name, MIGRATIONS.slice(0, version));
  fill[version]!(database);
  database.close();
  return folder;
}

/** Visits of stored replay entries, the first of them no longer living; their energies begin with a number, with what is none, and with nothing. */
const VISITS: readonly (readonly number[])[] = [[9, 8], [1.5, 1], [NaN, 1], [-Infinity, 0], []];

const numbers = (...values: number[]): Buffer => Buffer.from(Float64Array.from(values).buffer);

/** What each version could hold. Written out in SQL: today's modules may not fit yesterday's tables. */
const fill: Record<number, (database: Database) => void> = {
  1: (database) => {
    database
      .prepare(`INSERT INTO runs (id, name, status, config, engine, device, versions, iteration, created_at, notes) VALUES (7, 'old', 'finished', ?, 'compiled', 'cpu', '{"basin":"0.0.1"}', 3, 1000, 'mine')`)
      .run(JSON.stringify(resolveConfig({ seed: 5 })));
    database.exec(`INSERT INTO run_tags VALUES (7, 'kept')`);
    database.exec(`INSERT INTO series (id, run, metric) VALUES (1, 7, 'loss')`);
    database.prepare('INSERT INTO series_chunks (series, first, last, count, minimum, maximum, non_finite, numbers) VALUES (1, 1, 3, 3, 0.5, 0.5, 2, ?)').run(numbers(0.5, NaN, Infinity));
    database.exec(`INSERT INTO checkpoints VALUES (7, 3, 'checkpoints/7/3.safetensors', 'abc', 10, 1, 0.25, 1000)`);
    database.exec(`INSERT INTO log_lines (run, iteration, level, message, at) VALUES (7, 3, 'info', 'done', 1000)`);
  },
  2: (database) => {
    fill[1]!(database);
    const zero = Buffer.from(new Float32Array(2).buffer);
    database.prepare(`INSERT INTO probes VALUES (7, 3, 'same', 1, 1, 0, ?, ?, ?, ?, ?, x'')`).run(numbers(1, 2), numbers(3, 4), zero, zero, zero);
    database.exec(`INSERT INTO replay_snapshots VALUES (7, 3, 1000)`);
    for (const [i, visit] of VISITS.entries()) {
      database.exec(`INSERT INTO replay_entries (id, run, uid, problem, generation, born, uses, energy, error, living) VALUES (${10 + i}, 7, ${i}, ${i}, 0, 1, 0, -1, 0.5, ${i === 0 ? 0 : 1})`);
      database.prepare('INSERT INTO replay_vectors VALUES (?, ?, NULL, NULL, NULL)').run(10 + i, Buffer.from(Float32Array.from(visit).buffer));
    }
  },
  3: (database) => {
    fill[2]!(database);
    database.exec(`INSERT INTO run_references VALUES (7, 'same', 'zero', 'predict 0', 0.5)`);
    database.exec(`INSERT INTO preferences VALUES ('theme', '"dark"')`);
    database.exec(`INSERT INTO layout VALUES ('runs.columns', '[1]')`);
    database.exec(`INSERT INTO runs (name, status, config, engine, device, versions, created_at, deleted_at) VALUES ('hidden', 'finished', '{"task":"addition"}', 'compiled', 'cpu', '{}', 1000, 2000)`);
  },
  4: (database) => {
    fill[3]!(database);
    database.exec(`INSERT INTO evaluations VALUES (7, 3, '{"problems":5}', '{"error":1}', 1000)`);
  },
  5: (database) => fill[4]!(database),
  6: (database) => {
    fill[5]!(database);
    for (const [i, [first]] of VISITS.entries()) database.prepare('UPDATE replay_entries SET energy_before = ? WHERE uid = ?').run(first ?? null, i);
  },
  7: (database) => {
    fill[6]!(database);
    database.exec('UPDATE series_chunks SET minimum_at = 1, maximum_at = 1');
  },
};

describe('migrations', () => {
  it('count up by one, and every version has data in this test', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, i) => i + 1));
    expect(Object.keys(fill).map(Number)).toEqual(MIGRATIONS.map(({ version }) => version));
  });

  it.each(MIGRATIONS.map(({ version }) => version))('bring version %i up to date with all its data', (version) => {
    const folder = storeOfVersion(version);
    const store = newStore(folder);
    expect(store.first('PRAGMA user_version')).toEqual({ user_version: LATEST });
    expect(store.all('PRAGMA foreign_key_check')).toEqual([]);
    expect(getRun(store, 7)).toMatchObject({ name: 'old', seed: 5, tags: ['kept'], notes: 'mine', iteration: 3, lastLoss: Infinity, bestError: 0.25 });
    expect([...readSeries(store, 7, 'loss').values]).toEqual([0.5, NaN, Infinity]);
    expect(bestCheckpoint(store, 7)).toMatchObject({ iteration: 3, sha256: 'abc' });
    expect(readLog(store, 7)).toMatchObject([{ message: 'done' }]);
    expect([...readReplayColumns(store, 7).energyBefore]).toEqual(version >= 2 ? [1.5, NaN, -Infinity, NaN] : []);
    expect(listProbes(store, 7)).toHaveLength(version >= 2 ? 1 : 0);
    expect(readSummaries(store, [7])).toMatchObject([{ name: 'old', tags: ['kept'], lastLoss: Infinity, nonFinite: true, bestError: 0.25, lastError: { same: version >= 2 ? 4 : null, harder: null }, references: version >= 3 ? [{ difficulty: 'same', name: 'zero', label: 'predict 0', error: 0.5 }] : [] }]);
    expect(readEvaluations(store, [7])).toEqual(version >= 4 ? [{ run: 7, iteration: 3, options: { problems: 5 }, result: { error: 1 }, at: 1000 }] : []);
    expect([readPreferences(store), readLayout(store)]).toEqual(version >= 3 ? [{ theme: 'dark' }, { 'runs.columns': [1] }] : [{}, {}]);
    expect(listRuns(store).map(({ id }) => id)).toEqual([7]);
    expect(thinSeries(store, 7, 'loss', 8)).toMatchObject({ min: 0.5, max: 0.5, nonFinite: 2, count: 3 });
    // And it is written as a new one is.
    writeSeries(store, 7, [{ metric: 'loss', first: 2, values: Float64Array.of(0.125) }]);
    expect(readSeries(store, 7, 'loss')).toMatchObject({ min: 0.125, max: 0.5, nonFinite: 1 });
    const one = new Float32Array(2).fill(1);
    const before = revisionNow(store);
    annotateRun(store, 7, { notes: 'new' });
    expect(changedSince(store, before)).toEqual([7]);
    writeProbe(store, 7, { iteration: 4, difficulty: 'harder', steps: 1, problems: 1, energies: one, errors: one, gradientNorms: one, answers: new Float32Array(0), answersKept: 0 });
  });

  it('give the same schema from every version', () => {
    const schema = (folder: string) => newStore(folder).all('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name');
    const fresh = schema(newFolder());
    for (const { version } of MIGRATIONS) expect(schema(storeOfVersion(version))).toEqual(fresh);
  });

  it('are refused to a reading handle, by name', () => {
    const folder = storeOfVersion(1);
    expect(refusal(() => openStoreReadonly(folder))).toMatchObject({ code: 'store.older', message: expect.stringMatching(new RegExp(`version 1.*version ${LATEST}`)) });
    expect(backups(folder)).toEqual([]);
  });
});

const backups = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.backup'));

describe('the backup', () => {
  it('is made before an old store changes, and holds what was there', () => {
    const folder = storeOfVersion(1);
    newStore(folder);
    expect(backups(folder)).toEqual([expect.stringMatching(/^basin\.sqlite\.v1\..*Z\.backup$/)]);
    const backup = new Sqlite(join(folder, backups(folder)[0]!), { readonly: true });
    expect(backup.pragma('user_version', { simple: true })).toBe(1);
    expect(backup.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(backup.prepare('SELECT name FROM runs').pluck().all()).toEqual(['old']);
    backup.close();
  });

  it('is not made of a new store, nor of one that is up to date', () => {
    const folder = storeOfVersion(LATEST);
    newStore(folder);
    const fresh = newStore().folder;
    expect([...backups(folder), ...backups(fresh)]).toEqual([]);
  });
});

describe('a migration that fails', () => {
  const broken = { version: LATEST + 1, title: 'a mistake', up: (database: Database) => database.exec(`DELETE FROM runs; INSERT INTO nowhere VALUES (1)`) };
  const orphaning = { version: LATEST + 1, title: 'an orphan', up: (database: Database) => database.exec(`INSERT INTO log_lines (run, iteration, level, message, at) VALUES (99, 1, 'info', '', 0)`) };

  it.each([broken, orphaning])('leaves the version before it, the data, a backup and an error: $title', (migration) => {
    const folder = storeOfVersion(1);
    const database = new Sqlite(join(folder, DATABASE));
    const error = refusal(() => migrate(database, database.name, [...MIGRATIONS, migration]));
    expect(error).toMatchObject({ code: 'store.migration', kind: 'bug', message: expect.stringMatching(new RegExp(`from version ${LATEST} to ${LATEST + 1} \\(${migration.title}\\).*still has version ${LATEST}; a backup is at`)) });
    expect(database.pragma('user_version', { simple: true })).toBe(LATEST);
    expect(database.prepare('SELECT name FROM runs').pluck().all()).toEqual(['old']);
    expect(database.prepare('SELECT count(*) FROM log_lines').pluck().get()).toBe(1);
    expect(backups(folder)).toHaveLength(1);
    database.close();
  });

  it('does not start when no backup can be made', () => {
    const folder = storeOfVersion(1);
    const database = new Sqlite(join(folder, DATABASE));
    const before = database.serialize();
    database.pragma('journal_mode = WAL');
    const file = join(folder, 'not', 'there', DATABASE);
    // The copy is made from and to the path that is given: there, nothing can be made.
    const error = refusal(() => migrate(database, file));
    expect(error.code).toMatch(/^store\./);
    expect(database.pragma('user_version', { simple: true })).toBe(1);
    expect(database.serialize().equals(before)).toBe(true);
    database.close();
  });
});

it('a damaged old store is not migrated', () => {
  const folder = storeOfVersion(1);
  const file = join(folder, DATABASE);
  const database = new Sqlite(file);
  // A page number that leads nowhere: opening alone does not find it.
  database.unsafeMode(true);
  database.pragma('writable_schema = 1');
  database.exec(`UPDATE sqlite_schema SET rootpage = 999 WHERE name = 'log_lines'`);
  database.close();
  expect(refusal(() => newStore(folder))).toMatchObject({ code: 'store.corrupt' });
  expect(backups(folder)).toEqual([]);
});
