import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DATABASE, type ReadStore } from '../../db/open.ts';
import { countRuns } from '../../db/run-counts.ts';

/** What a data folder holds, bytes. */
export interface Storage {
  /** The database with its write-ahead log. */
  readonly database: number;
  /** Checkpoint files; one that runs share counts once. */
  readonly checkpoints: number;
  /** Copies of the database that were made before it was brought up to date. */
  readonly backups: number;
  /** Runs that are listed, and deleted ones that still take space. */
  readonly runs: number;
  readonly deleted: number;
}

/** Measures a store's folder. Files that go meanwhile count as nothing. */
export async function measureStorage(store: ReadStore): Promise<Storage> {
  const beside = (await readdir(store.folder)).filter((name) => name.startsWith(DATABASE)).map((name) => join(store.folder, name));
  const isBackup = (path: string) => path.endsWith('.backup');
  const folder = join(store.folder, 'checkpoints');
  const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return {
    database: await sizeOf(beside.filter((path) => !isBackup(path))),
    backups: await sizeOf(beside.filter(isBackup)),
    checkpoints: await sizeOf(files.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))),
    ...countRuns(store),
  };
}

/** Bytes of files, those with several names once (a fork begins with its parent's checkpoint). */
async function sizeOf(paths: readonly string[]): Promise<number> {
  const seen = new Set<string>();
  let bytes = 0;
  // One after another: the disk is the trainers'.
  for (const path of paths) {
    const found = await stat(path, { bigint: true }).catch(() => undefined);
    const key = found && `${found.dev} ${found.ino}`;
    if (!found || seen.has(key!)) continue;
    // Only one of several names can come again.
    if (found.nlink > 1n) seen.add(key!);
    bytes += Number(found.size);
  }
  return bytes;
}
