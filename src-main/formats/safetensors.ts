import { BasinError } from '../contract/errors.ts';
import { dtypeOf, ELEMENT_BYTES, elements, isDtype, toNumbers, type Dtype, type Tensor, type TensorToWrite } from './tensors.ts';

/** Tensors and the free text (`__metadata__`) of a file. */
export interface Safetensors {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The format's own limit (huggingface/safetensors, MAX_HEADER_SIZE). */
const MAX_HEADER_BYTES = 100_000_000;

/**
 * A safetensors file as parts to be written one after another: the header, then views of the tensors' own memory
 * (nothing is copied, so the tensors must not change until they are written). Wide elements come first and the header
 * is padded to 8 bytes, so that every tensor of the file is aligned when it is read back.
 *
 * @throws BasinError `file.encode` (a bug) for a shape that does not match its data, or the reserved name `__metadata__`.
 */
export function encodeSafetensors(tensors: Readonly<Record<string, TensorToWrite>>, metadata: Readonly<Record<string, string>> = {}): Uint8Array[] {
  const entries = Object.entries(tensors).map(([name, { shape, data }]) => {
    if (name === '__metadata__') throw new BasinError('file.encode', 'A tensor cannot be called "__metadata__": safetensors reserves that name', { kind: 'bug' });
    if (elements(shape) !== data.length) {
      throw new BasinError('file.encode', `Tensor "${name}" has shape [${shape.join(', ')}], which does not hold its ${data.length} numbers`, { kind: 'bug' });
    }
    return { name, dtype: dtypeOf(data), shape, data };
  });
  entries.sort((a, b) => ELEMENT_BYTES[b.dtype] - ELEMENT_BYTES[a.dtype]);

  let offset = 0;
  const header: [string, unknown][] = Object.keys(metadata).length > 0 ? [['__metadata__', metadata]] : [];
  for (const { name, dtype, shape, data } of entries) {
    header.push([name, { dtype, shape, data_offsets: [offset, offset + data.byteLength] }]);
    offset += data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const padded = Math.ceil(text.length / 8) * 8;
  const start = new Uint8Array(8 + padded).fill(0x20);
  new DataView(start.buffer).setBigUint64(0, BigInt(padded), true);
  start.set(text, 8);
  return [start, ...entries.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength))];
}

/**
 * Reads a safetensors file. Everything the header claims is checked before a number is read: lengths, dtypes, shapes,
 * and that the tensors cover the data exactly once, without holes or overlaps.
 *
 * @param source what messages call the file, such as its path.
 * @returns tensors that are views of `bytes` where alignment allows, see `toNumbers`.
 * @throws BasinError `file.truncated`, `file.header`, `file.dtype`, `file.shape` or `file.offsets`.
 */
export function decodeSafetensors(bytes: Uint8Array, source = 'The safetensors file'): Safetensors {
  const { header, data } = split(bytes, source);
  const metadata = readMetadata(header['__metadata__'], source);
  const claims = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => readClaim(name, value, source));
  checkCover(claims, data.length, source);
  const tensors = claims.map(({ name, dtype, shape, begin, end }) => [name, { dtype, shape, data: toNumbers(dtype, data.subarray(begin, end)) }] as const);
  return { tensors: Object.fromEntries(tensors), metadata };
}

/** What the header says of one tensor. */
interface Claim {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function split(bytes: Uint8Array, source: string): { header: Record<string, unknown>; data: Uint8Array } {
  if (bytes.length < 8) throw new BasinError('file.truncated', `${source} has ${bytes.length} bytes: too short for a safetensors file, which begins with an 8-byte header length`);
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER_BYTES)) throw new BasinError('file.header', `${source} is not a safetensors file: its first 8 bytes claim a header of ${length.toString()} bytes, and at most ${MAX_HEADER_BYTES} are allowed`);
  const end = 8 + Number(length);
  if (end > bytes.length) throw new BasinError('file.truncated', `${source} is cut off, or not a safetensors file: its header should end at byte ${end}, the file has ${bytes.length}`);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, end));
    const header: unknown = JSON.parse(text);
    if (text.startsWith('{') && isRecord(header)) return { header, data: bytes.subarray(end) };
  } catch (cause) {
    throw new BasinError('file.header', `${source} is not a safetensors file: its header is not JSON (${(cause as Error).message})`, { cause });
  }
  throw new BasinError('file.header', `${source} is not a safetensors file: its header is not a JSON object`);
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function readMetadata(value: unknown, source: string): Record<string, string> {
  if (value === undefined) return {};
  if (isRecord(value) && Object.values(value).every((text) => typeof text === 'string')) return value as Record<string, string>;
  throw new BasinError('file.header', `${source}: __metadata__ must map names to text`);
}

function readClaim(name: string, value: unknown, source: string): Claim {
  const refuse = (code: string, message: string): never => {
    throw new BasinError(code, `${source}, tensor "${name}": ${message}`, { details: { tensor: name } });
  };
  if (!isRecord(value)) return refuse('file.header', 'its header entry is not an object');
  const { dtype, shape, data_offsets: offsets } = value;
  if (!isDtype(dtype)) return refuse('file.dtype', `dtype ${JSON.stringify(dtype)} is not one Basin reads (${Object.keys(ELEMENT_BYTES).join(', ')})`);
  if (!Array.isArray(shape) || !shape.every(isSize)) return refuse('file.shape', `shape ${JSON.stringify(shape)} is not a list of whole numbers ≥ 0`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize)) return refuse('file.offsets', `data_offsets ${JSON.stringify(offsets)} is not [begin, end]`);
  const [begin, end] = offsets as [number, number];
  const needed = elements(shape) * ELEMENT_BYTES[dtype];
  if (end - begin !== needed) return refuse('file.offsets', `shape [${shape.join(', ')}] of ${dtype} takes ${needed} bytes, data_offsets [${begin}, ${end}] hold ${end - begin}`);
  return { name, dtype, shape, begin, end };
}

/** The tensors must lie one after another and fill the data: a hole may hide something, an overlap is a mistake or an attack. */
function checkCover(claims: readonly Claim[], length: number, source: string): void {
  let reached = 0;
  for (const { name, begin, end } of claims.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== reached) {
      throw new BasinError('file.offsets', `${source}, tensor "${name}": begins at byte ${begin} of the data, ${begin < reached ? 'inside the tensor before it, which ends' : 'leaving a hole after the tensor before it, which ends'} at ${reached}`, { details: { tensor: name } });
    }
    reached = end;
  }
  if (reached > length) throw new BasinError('file.truncated', `${source} is cut off: its tensors take ${reached} bytes, ${length} are there`);
  if (reached < length) throw new BasinError('file.offsets', `${source} has ${length - reached} bytes after its last tensor that belong to nothing`);
}
