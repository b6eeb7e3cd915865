import Sqlite, { type Database } from 'better-sqlite3';
import { BasinError } from '../src-main/contract/errors.ts';
import { backUp } from './backup.ts';
import { translate } from './errors.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Migration } from './migrations/types.ts';

/** "BASN" in the database's header: tells ours from any other program's SQLite file. */
const APPLICATION_ID = 0x4241534e;

/** Chunks and problems are blobs of several KiB: larger pages keep each in one place. */
const PAGE_BYTES = 16_384;

const number = (database: Database, pragma: string): number => database.pragma(pragma, { simple: true }) as number;

/**
 * Looks at a database without changing it.
 *
 * @returns its version; 0 for one that is still empty.
 * @throws BasinError `store.foreign` for another program's database, `store.newer` for a newer Basin's.
 */
export function versionOf(database: Database, file: string, migrations: readonly Migration[] = MIGRATIONS): number {
  const version = number(database, 'user_version');
  const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number;
  if (version === 0 && tables === 0) return 0;
  if (number(database, 'application_id') !== APPLICATION_ID) {
    throw new BasinError('store.foreign', `${file} is a database of another program, not a Basin store. It was left as it is. Choose another folder with --data or BASIN_DATA.`, { details: { file } });
  }
  if (version > migrations.length) {
    throw new BasinError('store.newer', `${file} was written by a newer Basin: it has version ${version}, and this Basin reads up to version ${migrations.length}. It was left as it is. Update Basin, or choose another folder with --data or BASIN_DATA.`, { details: { file, version, supported: migrations.length } });
  }
  return version;
}

/**
 * Brings a database up to date, one transaction for each migration, after a backup of what was there. Of several
 * processes that open an old database at once, each step is done by one.
 *
 * @throws BasinError as `versionOf`; `store.corrupt` when an old database is damaged (it is not migrated);
 *   `store.migration` when a step fails, which leaves the version before it; `store.full`, … when no backup can be made.
 */
export function migrate(database: Database, file: string, migrations: readonly Migration[] = MIGRATIONS): void {
  // Refused before anything is set: setting the journal would already change the file.
  const isNew = versionOf(database, file, migrations) === 0;
  // Only an empty database can still choose its page size.
  database.pragma(`page_size = ${PAGE_BYTES}`);
  writeAhead(database);
  // A migration may have to build a table anew, and dropping the old one would take every row that points to it along.
  // What it leaves is checked instead; the caller turns them on for everything after.
  database.pragma('foreign_keys = OFF');
  let backup: string | undefined;
  const step = database.transaction(() => {
    const version = versionOf(database, file, migrations);
    const next = migrations[version];
    if (!next) return;
    if (version === 0) database.pragma(`application_id = ${APPLICATION_ID}`);
    // The copy reads every page, so a damaged database is found here and not migrated.
    else if (!isNew) backup ??= backUp(file, version);
    next.up(database);
    const broken = database.pragma('foreign_key_check') as unknown[];
    if (broken.length > 0) throw new Error(`${broken.length} rows point to rows that are not there`);
    database.pragma(`user_version = ${next.version}`);
  });
  for (let version = versionOf(database, file, migrations); version < migrations.length; version = versionOf(database, file, migrations)) {
    try {
      step.immediate();
    } catch (thrown) {
      const error = translate(thrown, file);
      if (error instanceof BasinError) throw error;
      const { title, version: target } = migrations[version]!;
      throw new BasinError('store.migration', `${file} could not be brought from version ${version} to ${target} (${title}): ${(error as Error).message}. It still has version ${version}${backup ? `; a backup is at ${backup}` : ''}. Go on with the Basin that wrote it, and report this.`, { kind: 'bug', details: { file, version, target, backup }, cause: error });
    }
  }
}

/** Turns the write-ahead log on. SQLite refuses that at once, without waiting, while others do the same to a new database. */
function writeAhead(database: Database): void {
  const until = Date.now() + number(database, 'busy_timeout');
  for (;;) {
    try {
      database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!(error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) || Date.now() > until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
