import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Node {
  readonly files?: Readonly<Record<string, Node>>;
  readonly size?: number;
  readonly offset?: string;
  readonly unpacked?: boolean;
  readonly integrity?: { readonly algorithm: string; readonly hash: string };
}

export interface AsarFile {
  readonly path: string;
  readonly size: number;
  /** It lies beside the archive. */
  readonly unpacked: boolean;
  readonly hash: string | undefined;
  read(): Uint8Array;
}

/** Files of Electron's archive: a header in JSON, and one content after the other. */
export function readAsar(archive: string): AsarFile[] {
  const all = readFileSync(archive);
  const headerBytes = all.readUInt32LE(4);
  const header = JSON.parse(all.subarray(16, 16 + all.readUInt32LE(12)).toString()) as Node;
  const walk = (node: Node, path: string): AsarFile[] => {
    if (node.files) return Object.entries(node.files).flatMap(([name, child]) => walk(child, path ? `${path}/${name}` : name));
    const { size = 0, offset = '0', unpacked = false, integrity } = node;
    const from = 8 + headerBytes + Number(offset);
    return [{ path, size, unpacked, hash: integrity?.hash, read: () => (unpacked ? readFileSync(join(`${archive}.unpacked`, path)) : all.subarray(from, from + size)) }];
  };
  return walk(header, '');
}

/** Puts an archive's files, also those that lie beside it, where a Node without archives finds them. */
export function extractAsar(archive: string, folder: string): void {
  for (const file of readAsar(archive)) {
    const to = join(folder, file.path);
    mkdirSync(dirname(to), { recursive: true });
    if (file.unpacked) copyFileSync(join(`${archive}.unpacked`, file.path), to);
    else writeFileSync(to, file.read());
  }
}
