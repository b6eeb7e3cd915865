import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { BasinError } from '../src-main/contract/errors.ts';
import { translate, translateSystem } from './errors.ts';
import { migrate, versionOf } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { ReadStore, WriteStore } from './store.ts';

export { ReadStore, transaction, WriteStore } from './store.ts';

/** The database's file name in a store's folder. */
export const DATABASE = 'basin.sqlite';

/** Several trainers and the workbench write one file, and wait for each other's transactions; the largest take about a second. */
const WAIT_MS = 15_000;

/** A large transaction (a replay snapshot) may blow up the write-ahead log; afterwards it is cut back to this. */
const LOG_BYTES = 64 * 1024 * 1024;

/**
 * Opens a store for reading and writing; makes the folder and the database where there are none, and brings an older
 * database up to date (after a backup beside it).
 *
 * @throws BasinError `store.folder` when the folder cannot be made; `store.newer` for a database of a newer Basin;
 *   `store.not_a_database`, `store.foreign`, `store.corrupt`, `store.readonly`, `store.open`, `store.full`, `store.io`,
 *   `store.busy`, `store.migration`. A file that is refused is left as it is.
 */
export function openStore(folder: string): WriteStore {
  const place = resolve(folder);
  makeFolder(place);
  const file = join(place, DATABASE);
  checkWritable(place);
  if (existsSync(file)) checkWritable(file);
  return connect(file, false, (database) => {
    migrate(database, file);
    database.pragma('foreign_keys = ON');
    // NORMAL: a killed process loses nothing; a power cut can lose the last commits, never damage the file. A flush a
    // second is not worth a wait for the disk each: a checkpoint's own file is on the disk before its row is written.
    database.pragma('synchronous = NORMAL');
    database.pragma(`journal_size_limit = ${LOG_BYTES}`);
    return new WriteStore(database, place);
  });
}

/**
 * Opens a store that is there, for reading only. Others may write meanwhile.
 *
 * @throws BasinError `store.missing` when there is none; `store.older` when it must be brought up to date first; and as
 *   `openStore`.
 */
export function openStoreReadonly(folder: string): ReadStore {
  const place = resolve(folder);
  const file = join(place, DATABASE);
  const missing = () => new BasinError('store.missing', `There is no Basin store in ${place}: no ${DATABASE} is there. Check --data or BASIN_DATA, or train a first run.`, { details: { folder: place } });
  if (!existsSync(file)) throw missing();
  return connect(file, true, (database) => {
    const version = versionOf(database, file);
    if (version === 0) throw missing();
    if (version < MIGRATIONS.length) {
      throw new BasinError('store.older', `${file} was written by an older Basin: it has version ${version}, and this Basin reads version ${MIGRATIONS.length}. Open it once for writing (any \`basin train\` or \`basin resume\` does) to bring it up to date.`, { details: { file, version, supported: MIGRATIONS.length } });
    }
    return new ReadStore(database, place);
  });
}

function makeFolder(folder: string): void {
  const refuse = (reason: string, cause?: unknown) =>
    new BasinError('store.folder', `${folder} cannot be the store's folder: ${reason}. Nothing was changed. Choose another folder with --data or BASIN_DATA.`, { kind: 'operational', details: { folder, reason }, cause });
  if (existsSync(folder) && !statSync(folder).isDirectory()) throw refuse('it is a file');
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw refuse((error as Error).message, error);
  }
}

/** Asked beforehand, because SQLite only says that it cannot open its log files. */
function checkWritable(path: string): void {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw translateSystem(error, path);
  }
}

/** What `use` makes of a connection; it is closed again when it is refused. */
function connect<Store>(file: string, readonly: boolean, use: (database: Database) => Store): Store {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    throw new BasinError('store.open', `${file} cannot be opened: it is a folder. Nothing was changed. Choose another folder with --data or BASIN_DATA.`, { kind: 'operational', details: { file } });
  }
  let database: Database | undefined;
  try {
    database = new Sqlite(file, { timeout: WAIT_MS, readonly });
    return use(database);
  } catch (error) {
    database?.close();
    throw translate(error, file);
  }
}
