import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BasinError } from '../contract/errors.ts';

/** What was written. */
export interface Written {
  readonly bytes: number;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
}

/** Hashing and writing alternate in pieces of this size, so that a large file does not hold up the event loop. */
const PIECE_BYTES = 4 << 20;
let written = 0;

/**
 * Writes a file so that at every moment, also after a crash or a power cut, the path holds either the old file or the
 * complete new one: a temporary file beside it, fsync, rename, fsync of the folder. The parts must not change before
 * the promise resolves.
 *
 * @throws BasinError `file.disk-full`, `file.access`, `file.folder-missing` or `file.write`; the old file is then
 *   untouched and the temporary one gone.
 */
export async function writeFileAtomic(path: string, parts: readonly Uint8Array[]): Promise<Written> {
  const temporary = `${path}.${process.pid}-${++written}.tmp`;
  try {
    await removeLeftovers(path);
    const result = await writeParts(temporary, parts);
    await rename(temporary, path);
    await syncFolder(dirname(path));
    return result;
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fileError(cause, path, 'write');
  }
}

async function writeParts(path: string, parts: readonly Uint8Array[]): Promise<Written> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(path, 'wx');
  try {
    for (const part of parts) {
      for (let start = 0; start < part.length; start += PIECE_BYTES) {
        const piece = part.subarray(start, start + PIECE_BYTES);
        hash.update(piece);
        for (let done = 0; done < piece.length; ) done += (await file.write(piece, done)).bytesWritten;
        bytes += piece.length;
      }
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Makes the rename itself durable. Windows has no such call and refuses to open a folder. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A process that was killed while it wrote this same file has left its temporary one behind. */
async function removeLeftovers(path: string): Promise<void> {
  const start = `${basename(path)}.`;
  for (const name of readdirSync(dirname(path))) {
    const owner = name.startsWith(start) ? /^(\d+)-\d+\.tmp$/.exec(name.slice(start.length))?.[1] : undefined;
    if (owner !== undefined && !isAlive(Number(owner))) await rm(join(dirname(path), name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/**
 * The whole file.
 *
 * @throws BasinError `file.missing`, `file.not-a-file`, `file.access`, `file.too-large` or `file.read`.
 */
export function readFileBytes(path: string): Uint8Array {
  try {
    if (!statSync(path).isFile()) throw new BasinError('file.not-a-file', `${path} is not a file`);
    return readFileSync(path);
  } catch (cause) {
    throw fileError(cause, path, 'read');
  }
}

/** A failed read or write as an error that says what to do; a BasinError stays as it is. */
export function fileError(cause: unknown, path: string, action: 'read' | 'write'): BasinError {
  if (cause instanceof BasinError) return cause;
  const { code, message } = cause as NodeJS.ErrnoException;
  const make = (name: string, text: string) => new BasinError(`file.${name}`, text, { kind: 'operational', details: { path, errno: code }, cause });
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return action === 'read' ? make('missing', `There is no file ${path}`) : make('folder-missing', `${path} cannot be written: the folder ${dirname(path)} does not exist`);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return make('access', `${path} cannot be ${action === 'read' ? 'read' : 'written'}: ${code === 'EROFS' ? 'the disk is read-only' : 'permission denied'}`);
    case 'ENOSPC':
    case 'EDQUOT':
      return make('disk-full', `${path} cannot be written: the disk${code === 'EDQUOT' ? ' quota' : ''} is full; free some space and try again`);
    case 'EISDIR':
      return make('not-a-file', `${path} is a folder, not a file`);
    case 'ERR_FS_FILE_TOO_LARGE':
      return make('too-large', `${path} is too large to read at once (2 GiB at most)`);
    default:
      return make(action, `${path} cannot be ${action === 'read' ? 'read' : 'written'}: ${message}`);
  }
}
