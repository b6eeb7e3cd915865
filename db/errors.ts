import Sqlite from 'better-sqlite3';
import { BasinError } from '../src-main/contract/errors.ts';

/** True after every refused write: SQLite undid it whole. */
const KEPT = 'Everything written before is kept; the last write was undone as a whole.';

/** What to do about a damaged file. */
const RESTORE = 'Copy the folder first, then restore a backup (basin.sqlite.v*.backup beside it) or recover what is readable with `sqlite3 basin.sqlite .recover`.';

interface Meaning {
  /** How SQLite's code or the system's begins. */
  readonly codes: readonly string[];
  readonly code: string;
  /** What happened to the file, what is kept, what to do. */
  readonly message: (file: string) => string;
}

/** The first one that fits counts. */
const MEANINGS: readonly Meaning[] = [
  { codes: ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'], code: 'store.full', message: (file) => `The disk that holds ${file} is full. ${KEPT} Free some space, or move the store's folder to a larger disk, then go on (a stopped run can be resumed).` },
  { codes: ['SQLITE_READONLY', 'EROFS', 'EACCES', 'EPERM'], code: 'store.readonly', message: (file) => `${file} cannot be changed: it or its folder is read-only. ${KEPT} Allow writing to the folder, or choose another one with --data or BASIN_DATA.` },
  { codes: ['SQLITE_CANTOPEN'], code: 'store.open', message: (file) => `${file} cannot be opened. Nothing was changed. Check that its folder is there and may be read and written.` },
  { codes: ['SQLITE_NOTADB'], code: 'store.not_a_database', message: (file) => `${file} is not a database, or its beginning is damaged. It was left as it is. ${RESTORE} Or choose another folder with --data or BASIN_DATA.` },
  { codes: ['SQLITE_CORRUPT'], code: 'store.corrupt', message: (file) => `${file} is damaged. It was left as it is. ${RESTORE}` },
  { codes: ['SQLITE_IOERR', 'EIO', 'EFBIG'], code: 'store.io', message: (file) => `The disk failed while ${file} was read or written. ${KEPT} Check the disk and its free space, then go on.` },
  { codes: ['SQLITE_BUSY', 'SQLITE_PROTOCOL'], code: 'store.busy', message: (file) => `${file} is being written by another process that did not finish in time. ${KEPT} Try again; if it stays so, see which programs have the file open.` },
];

/** An error of that meaning. */
function meant(thrown: NodeJS.ErrnoException, file: string): BasinError | undefined {
  const found = thrown.code === undefined ? undefined : MEANINGS.find(({ codes }) => codes.some((code) => thrown.code!.startsWith(code)));
  return found && new BasinError(found.code, `${found.message(file)} (${thrown.code}: ${thrown.message})`, { kind: 'operational', details: { file, reason: thrown.code, message: thrown.message }, cause: thrown });
}

/**
 * A failure of SQLite as a BasinError `store.*`; whatever else was thrown stays as it is (a bug keeps its own stack).
 * A row of a run that is not there: `run.unknown`.
 */
export function translate(thrown: unknown, file: string): unknown {
  if (!(thrown instanceof Sqlite.SqliteError)) return thrown;
  if (thrown.code === 'SQLITE_CONSTRAINT_FOREIGNKEY') {
    // Every foreign key leads to a run.
    return new BasinError('run.unknown', 'The run does not exist: it was deleted, or never created. Nothing was written.', { details: { file, reason: thrown.code }, cause: thrown });
  }
  return meant(thrown, file) ?? thrown;
}

/** A failure of the file system under the store, in the same words as SQLite's. */
export function translateSystem(thrown: unknown, file: string): unknown {
  return thrown instanceof Error ? (meant(thrown, file) ?? thrown) : thrown;
}
