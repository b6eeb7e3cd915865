import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { translateSystem } from './errors.ts';

/**
 * Copies a database as it is now, through a connection of its own (the caller may hold the write lock, so that nobody
 * changes it meanwhile). The copy has its name only once it is complete and on the disk.
 *
 * @returns the copy: `basin.sqlite.v<version>.<time>.backup` beside the database.
 * @throws BasinError `store.full`, `store.readonly`, `store.io`, …; then there is no copy.
 */
export function backUp(file: string, version: number): string {
  const backup = `${file}.v${version}.${new Date().toISOString().replaceAll(':', '-')}.backup`;
  const partial = `${backup}.${process.pid}.part`;
  const source = new Sqlite(file, { readonly: true });
  try {
    source.prepare('VACUUM INTO ?').run(partial);
    const copy = openSync(partial, 'r+');
    fsyncSync(copy);
    closeSync(copy);
    renameSync(partial, backup);
    return backup;
  } catch (error) {
    rmSync(partial, { force: true });
    throw translateSystem(error, backup);
  } finally {
    source.close();
  }
}
