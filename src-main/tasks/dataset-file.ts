import { extname } from 'node:path';
import { BasinError } from '../contract/errors.ts';
import { readFileBytes } from '../formats/files.ts';
import { decodeNpz } from '../formats/npz.ts';
import { decodeSafetensors } from '../formats/safetensors.ts';
import type { Tensor } from '../formats/tensors.ts';

/** All problems of a file, row-major: x [rows, widths.x], y [rows, widths.y]. */
export interface Dataset {
  readonly rows: number;
  readonly widths: { readonly x: number; readonly y: number };
  readonly x: Float32Array;
  readonly y: Float32Array;
}

const FLOATS: readonly string[] = ['F16', 'BF16', 'F32', 'F64'];

/**
 * Reads and checks the arrays `x` and `y` of a .safetensors or .npz file. Numbers become float32, in which Basin computes.
 *
 * @throws BasinError `file.*` for a file that cannot be read; `dataset.format` for another kind of file;
 *   `dataset.missing`, `dataset.type`, `dataset.dimensions`, `dataset.empty`, `dataset.rows` or `dataset.not-finite`
 *   for arrays that are not problems.
 */
export function readDataset(path: string): Dataset {
  const { tensors, names } = readArrays(path);
  const x = matrix(tensors, 'x', path, names);
  const y = matrix(tensors, 'y', path, names);
  if (x.rows !== y.rows) {
    throw new BasinError('dataset.rows', `${path}: x has ${x.rows} rows and y has ${y.rows}; row i of y must be the answer to row i of x`, { details: { x: x.rows, y: y.rows } });
  }
  return { rows: x.rows, widths: { x: x.width, y: y.width }, x: finite(x, 'x', path), y: finite(y, 'y', path) };
}

function readArrays(path: string): { tensors: Readonly<Record<string, Tensor>>; names: readonly string[] } {
  const kind = extname(path).toLowerCase();
  if (kind === '.npz') return decodeNpz(readFileBytes(path), path, ['x', 'y']);
  if (kind === '.safetensors') {
    const { tensors } = decodeSafetensors(readFileBytes(path), path);
    return { tensors, names: Object.keys(tensors) };
  }
  throw new BasinError('dataset.format', `data = ${JSON.stringify(path)} is not a .safetensors or .npz file; write one with safetensors.numpy.save_file({"x": x, "y": y}, …) or numpy.savez(…, x=x, y=y)`);
}

interface Rows {
  readonly rows: number;
  readonly width: number;
  readonly data: Tensor['data'];
}

function matrix(tensors: Readonly<Record<string, Tensor>>, name: string, path: string, names: readonly string[]): Rows {
  if (!Object.hasOwn(tensors, name)) {
    throw new BasinError('dataset.missing', `${path} has no array "${name}"; it has ${names.length > 0 ? names.slice(0, 20).join(', ') : 'no arrays at all'}`, { details: { array: name } });
  }
  const { dtype, shape, data } = tensors[name]!;
  const [rows, width] = shape;
  const shown = `[${shape.join(', ')}]`;
  if (!FLOATS.includes(dtype)) {
    throw new BasinError('dataset.type', `${path}: ${name} is ${dtype}; it must be float16, float32 or float64 (bfloat16 too, in safetensors): ${name}.astype("float32")`, { details: { array: name, dtype } });
  }
  if (shape.length !== 2 || rows === undefined || width === undefined) {
    throw new BasinError('dataset.dimensions', `${path}: ${name} has shape ${shown}; it must have two dimensions, [problems, numbers in each]: ${name}.reshape(len(${name}), -1)`, { details: { array: name, shape } });
  }
  if (width === 0) throw new BasinError('dataset.empty', `${path}: ${name} has shape ${shown}, so its rows hold no numbers`, { details: { array: name, shape } });
  return { rows, width, data };
}

/** @throws BasinError `dataset.not-finite` naming the first such number by row and column, counted from 0. */
function finite({ data, width }: Rows, name: string, path: string): Float32Array {
  const numbers = data instanceof Float32Array ? data : Float32Array.from(data as Float64Array);
  const at = numbers.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return numbers;
  const row = Math.floor(at / width);
  const column = at % width;
  const value = Number(data[at]);
  const problem = Number.isFinite(value) ? `${value}, too large for float32 (at most 3.4e38)` : `${value}; every number must be finite`;
  throw new BasinError('dataset.not-finite', `${path}: ${name} at row ${row}, column ${column} (counted from 0) is ${problem}`, { details: { array: name, row, column } });
}
