import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { DATABASE, openStore, openStoreReadonly, transaction } from '../../../db/open.ts';
import { writeLog, readLog } from '../../../db/log.ts';
import { getRun, listRuns } from '../../../db/runs.ts';
import { readSeries, writeSeries } from '../../../db/series.ts';
import { refusal } from '../../support/refusal.ts';
import { closing, newFolder, newRun, newStore } from './helpers.ts';

describe('opening', () => {
  it('makes folder and database, and finds everything again', () => {
    const folder = join(newFolder(), 'deep', 'er');
    const first = openStore(folder);
    const run = newRun(first);
    first.close();
    expect(getRun(closing(openStore(folder)), run).name).toBe(`addition-${run}`);
  });

  it('takes an empty file for a new store', () => {
    const folder = newFolder();
    writeFileSync(join(folder, DATABASE), '');
    expect(listRuns(newStore(folder))).toEqual([]);
  });

  it('writes ahead to a log, keeps foreign keys, waits for others', () => {
    const store = newStore();
    const pragma = (name: string) => Object.values(store.first<Record<string, unknown>>(`PRAGMA ${name}`)!)[0];
    expect([pragma('journal_mode'), pragma('foreign_keys'), pragma('synchronous'), pragma('page_size')]).toEqual(['wal', 1, 1, 16_384]);
    expect(pragma('busy_timeout')).toBeGreaterThanOrEqual(10_000);
  });
});

describe('a handle for reading', () => {
  it('reads what another handle writes, and cannot write', () => {
    const writer = newStore();
    const reader = closing(openStoreReadonly(writer.folder));
    const run = newRun(writer);
    expect(listRuns(reader).map(({ id }) => id)).toEqual([run]);
    // @ts-expect-error -- a reading handle is not a writing one
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- what this test is about
    expect(() => newRun(reader)).toThrow();
    expect(refusal(() => reader.all(`UPDATE runs SET notes = 'x' RETURNING id`))).toMatchObject({ code: 'store.readonly' });
  });

  it('sees one state in several queries', () => {
    const writer = newStore();
    const reader = closing(openStoreReadonly(writer.folder));
    newRun(writer);
    const [before, after] = reader.consistently(() => {
      const count = listRuns(reader).length;
      newRun(writer);
      return [count, listRuns(reader).length];
    });
    expect([before, after, listRuns(reader).length]).toEqual([1, 1, 2]);
  });

  it('does not make a store where there is none', () => {
    const folder = newFolder();
    expect(refusal(() => openStoreReadonly(folder))).toMatchObject({ code: 'store.missing', message: expect.stringContaining(folder) });
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(join(folder, DATABASE), '');
    expect(refusal(() => openStoreReadonly(folder)).code).toBe('store.missing');
  });
});

/** What is refused must be as it was, byte for byte. */
function refusedUntouched(folder: string, code: string, say: RegExp): void {
  const file = join(folder, DATABASE);
  const before = readFileSync(file);
  // A reading handle may leave an empty log beside the database, a writing one nothing: so that goes first.
  for (const open of [openStore, openStoreReadonly]) {
    expect(readdirSync(folder)).toEqual([DATABASE]);
    const error = refusal(() => open(folder));
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(say)]);
    expect(error.message).toContain(file);
    expect(readFileSync(file).equals(before)).toBe(true);
  }
}

describe('refusals', () => {
  it('a newer version, with both versions', () => {
    const folder = newFolder();
    openStore(folder).close();
    const database = new Sqlite(join(folder, DATABASE));
    database.pragma('user_version = 99');
    database.close();
    refusedUntouched(folder, 'store.newer', /version 99.*up to version 7/);
  });

  it('a file that is no database', () => {
    const folder = newFolder();
    writeFileSync(join(folder, DATABASE), 'My shopping list: '.repeat(200));
    refusedUntouched(folder, 'store.not_a_database', /not a database/);
  });

  it("another program's database", () => {
    const folder = newFolder();
    const database = new Sqlite(join(folder, DATABASE));
    database.exec('CREATE TABLE recipes (name TEXT)');
    database.close();
    refusedUntouched(folder, 'store.foreign', /another program/);
  });

  it('a damaged first page', () => {
    const folder = newFolder();
    openStore(folder).close();
    const bytes = readFileSync(join(folder, DATABASE));
    writeFileSync(join(folder, DATABASE), bytes.fill(0xff, 100, 16_000));
    refusedUntouched(folder, 'store.corrupt', /damaged.*restore a backup/);
  });

  it('a damaged page inside, when it is read', () => {
    const folder = newFolder();
    const store = openStore(folder);
    const run = newRun(store);
    writeSeries(store, run, [{ metric: 'loss', first: 1, values: new Float64Array(50_000).fill(7) }]);
    store.close();
    const file = join(folder, DATABASE);
    const bytes = readFileSync(file);
    // The pages that hold the numbers, not those of the schema in front.
    const damaged = Buffer.from(bytes).fill(0xee, bytes.length - 10 * 16_384);
    writeFileSync(file, damaged);
    const reader = openStoreReadonly(folder);
    expect(refusal(() => readSeries(reader, run, 'loss')).code).toBe('store.corrupt');
    reader.close();
    expect(readFileSync(file).equals(damaged)).toBe(true);
  });

  it('a file where the folder should be', () => {
    const file = join(newFolder(), 'store');
    writeFileSync(file, 'mine');
    expect(refusal(() => openStore(file))).toMatchObject({ code: 'store.folder', message: expect.stringContaining('it is a file') });
    expect(refusal(() => openStore(join(file, 'below'))).code).toBe('store.folder');
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('a folder where the database should be', () => {
    const folder = newFolder();
    mkdirSync(join(folder, DATABASE));
    for (const open of [openStore, openStoreReadonly]) expect(refusal(() => open(folder))).toMatchObject({ code: 'store.open', message: expect.stringContaining('it is a folder') });
    expect(existsSync(join(folder, DATABASE))).toBe(true);
  });
});

describe('a write that fails', () => {
  it('on a full disk is undone whole, and the store goes on when there is room', () => {
    const store = newStore();
    const run = newRun(store);
    writeSeries(store, run, [{ metric: 'loss', first: 1, values: Float64Array.of(1, 2, 3) }]);
    const pages = Object.values(store.first<Record<string, number>>('PRAGMA page_count')!)[0]!;
    store.first(`PRAGMA max_page_count = ${pages + 4}`);
    const more = new Float64Array(100_000).fill(5);
    const error = refusal(() =>
      transaction(store, () => {
        writeLog(store, run, { iteration: 4, level: 'info', message: 'goes with the rest' });
        writeSeries(store, run, [{ metric: 'loss', first: 4, values: more }]);
      }),
    );
    expect(error).toMatchObject({ code: 'store.full', kind: 'operational', message: expect.stringMatching(/full.*before is kept.*Free some space/) });
    expect(error.message).toContain(store.file);
    expect([...readSeries(store, run, 'loss').values]).toEqual([1, 2, 3]);
    expect(readLog(store, run)).toEqual([]);
    store.first('PRAGMA max_page_count = 1000000');
    writeSeries(store, run, [{ metric: 'loss', first: 4, values: more }]);
    expect(readSeries(store, run, 'loss')).toMatchObject({ count: 100_003, min: 1, max: 5 });
  });

  it('without permission says so', () => {
    const store = newStore();
    store.write('PRAGMA query_only = 1');
    expect(refusal(() => newRun(store))).toMatchObject({ code: 'store.readonly', message: expect.stringContaining('read-only') });
    expect(listRuns(store)).toEqual([]);
  });

  it('behind a writer that does not finish says so', () => {
    const store = newStore();
    const other = newStore(store.folder);
    other.write('PRAGMA busy_timeout = 20');
    transaction(store, () => {
      newRun(store);
      expect(refusal(() => newRun(other))).toMatchObject({ code: 'store.busy', message: expect.stringContaining('another process') });
    });
    expect(listRuns(other)).toHaveLength(1);
  });

  it('for a run that is not there names it', () => {
    const store = newStore();
    expect(refusal(() => writeLog(store, 12, { iteration: 1, level: 'info', message: '' })).code).toBe('run.unknown');
    expect(refusal(() => writeSeries(store, 12, [{ metric: 'loss', first: 1, values: Float64Array.of(1) }])).code).toBe('run.unknown');
  });

  it('by a bug of the caller keeps the bug, and nothing is written', () => {
    const store = newStore();
    expect(() =>
      transaction(store, () => {
        newRun(store);
        throw new TypeError('mine');
      }),
    ).toThrow(TypeError);
    expect(listRuns(store)).toEqual([]);
  });
});
