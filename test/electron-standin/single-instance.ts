import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FILE = 'SingletonLock';

interface Lock {
  readonly pid: number;
  readonly socket: string;
}

/**
 * Takes the lock of a folder, or tells whoever has it of this start.
 *
 * @returns whether it was taken; `flushed` settles when the other has been told
 */
export function lockInstance(folder: string, data: Record<string, unknown>, onSecond: (argv: string[], cwd: string, data: unknown) => void): { readonly isFirst: boolean; readonly flushed: Promise<void> } {
  const file = join(folder, FILE);
  const other = readLock(file);
  if (other) {
    const flushed = new Promise<void>((resolve) => {
      const socket = connect(other.socket, () => socket.end(JSON.stringify({ argv: process.argv, cwd: process.cwd(), data })));
      socket.once('close', () => resolve());
      socket.once('error', () => resolve());
    });
    return { isFirst: false, flushed };
  }
  // Not by the process' id: a killed process leaves its socket's file behind, and ids come again.
  const name = `basin-standin-${randomUUID()}`;
  const socket = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
  const server = createServer({ allowHalfOpen: true }, (connection) => {
    let text = '';
    connection.setEncoding('utf8').on('data', (part: string) => (text += part));
    connection.on('end', () => {
      connection.end();
      const { argv, cwd, data: said } = JSON.parse(text) as { argv: string[]; cwd: string; data: unknown };
      onSecond(argv, cwd, said);
    });
  });
  server.listen(socket).unref();
  writeFileSync(file, JSON.stringify({ pid: process.pid, socket } satisfies Lock));
  process.once('exit', () => [file, socket].forEach((left) => rmSync(left, { force: true })));
  return { isFirst: true, flushed: Promise.resolve() };
}

/** The lock of a process that lives. */
function readLock(file: string): Lock | undefined {
  try {
    const lock = JSON.parse(readFileSync(file, 'utf8')) as Lock;
    process.kill(lock.pid, 0);
    return lock;
  } catch {
    return undefined;
  }
}
