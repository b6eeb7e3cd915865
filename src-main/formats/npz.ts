import { crc32 } from 'node:zlib';
import { unzipSync, type UnzipFileInfo } from 'fflate';
import { BasinError } from '../contract/errors.ts';
import { decodeNpy } from './npy.ts';
import type { Tensor } from './tensors.ts';

/** Arrays of an archive, and the names of all it holds. */
export interface Npz {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly names: readonly string[];
}

/** Deflate cannot shrink data further than this (RFC 1951: 258 bytes from 2 bits): a larger claim is a corrupt or hostile directory. */
const MAX_INFLATION = 1032;
const MAX_ENTRIES = 65_535;

/**
 * Reads NumPy's .npz (`numpy.savez`, `savez_compressed`): a zip archive of .npy arrays. Checksums are verified.
 *
 * @param source what messages call the file, such as its path.
 * @param wanted arrays to unpack; all when left out. One that is not there is simply not among the tensors.
 * @throws BasinError `file.archive` for a zip that cannot be unpacked, or what `decodeNpy` throws for an array.
 */
export function decodeNpz(bytes: Uint8Array, source = 'The .npz file', wanted?: readonly string[]): Npz {
  const { files, names } = unpack(bytes, source, wanted);
  const tensors = files.map(([file, content]) => [arrayName(file), decodeNpy(content, `${source}, array "${arrayName(file)}"`)] as const);
  return { tensors: Object.fromEntries(tensors), names };
}

const arrayName = (file: string): string => file.replace(/\.npy$/, '');

function unpack(bytes: Uint8Array, source: string, wanted?: readonly string[]): { files: [string, Uint8Array][]; names: string[] } {
  const sums: number[] = [];
  const expected = new Map<string, number>();
  const names: string[] = [];
  const take = ({ name: file, size, originalSize }: UnzipFileInfo): boolean => {
    if (names.length >= MAX_ENTRIES) throw new Error(`more than ${MAX_ENTRIES} entries`);
    if (size > bytes.length || originalSize > size * MAX_INFLATION + 1024) throw new Error(`entry "${file}" claims ${originalSize} bytes from ${size}, in a file of ${bytes.length}`);
    const name = arrayName(file);
    expected.set(file, sums[names.length] ?? NaN);
    names.push(name);
    return file.endsWith('.npy') && (wanted?.includes(name) ?? true);
  };
  try {
    sums.push(...checksums(bytes));
    const files = Object.entries(unzipSync(bytes, { filter: take }));
    for (const [file, content] of files) if (crc32(content) !== expected.get(file)) throw new Error(`the checksum of "${file}" is wrong: the file is damaged`);
    return { files, names };
  } catch (cause) {
    throw new BasinError('file.archive', `${source} cannot be unpacked as a .npz (zip) archive: ${(cause as Error).message}`, { cause });
  }
}

/** CRC-32 of each entry in the order of the central directory (PKWARE APPNOTE 4.3.12 to 4.3.16); fflate does not look at them. */
function checksums(bytes: Uint8Array): number[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = buffer.lastIndexOf('PK\x05\x06');
  if (end < 0) throw new Error('it has no zip directory');
  const wide = end >= 20 && buffer.readUInt32LE(end - 20) === 0x07064b50 ? Number(buffer.readBigUInt64LE(end - 12)) : undefined;
  let at = wide === undefined ? buffer.readUInt32LE(end + 16) : Number(buffer.readBigUInt64LE(wide + 48));
  const sums: number[] = [];
  while (sums.length < MAX_ENTRIES && at + 46 <= end && buffer.readUInt32LE(at) === 0x02014b50) {
    sums.push(buffer.readUInt32LE(at + 16));
    at += 46 + buffer.readUInt16LE(at + 28) + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  return sums;
}
