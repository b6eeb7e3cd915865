import { BasinError } from '../contract/errors.ts';
import { ELEMENT_BYTES, elements, toNumbers, type Dtype, type Tensor, type TensorData } from './tensors.ts';

/** NumPy's type codes, without the byte order. */
const DTYPES: Readonly<Record<string, Dtype>> = { f8: 'F64', f4: 'F32', f2: 'F16', i8: 'I64', i4: 'I32', i2: 'I16', i1: 'I8', u8: 'U64', u4: 'U32', u2: 'U16', u1: 'U8', b1: 'BOOL' };

/**
 * One NumPy array (.npy, versions 1 to 3; format: numpy.lib.format). Fortran order is turned into row-major order.
 *
 * @param source what messages call the array, such as `problems.npz, array "x"`.
 * @throws BasinError `file.truncated`, `file.header`, `file.dtype`, `file.shape`, or `file.byte-order` for big-endian numbers.
 */
export function decodeNpy(bytes: Uint8Array, source = 'The .npy file'): Tensor {
  const { header, data } = split(bytes, source);
  const { descr, fortran, shape } = readHeader(header, source);
  const dtype = readDtype(descr, source);
  const count = elements(shape);
  if (Number.isNaN(count)) throw new BasinError('file.shape', `${source}: shape (${shape.join(', ')}) has more elements than any file holds`);
  const needed = count * ELEMENT_BYTES[dtype];
  if (data.length < needed) throw new BasinError('file.truncated', `${source} is cut off: shape (${shape.join(', ')}) of ${descr} takes ${needed} bytes, ${data.length} are there`);
  if (data.length > needed) throw new BasinError('file.shape', `${source} has ${data.length - needed} bytes more than shape (${shape.join(', ')}) of ${descr} takes`);
  const numbers = toNumbers(dtype, data);
  return { dtype, shape, data: fortran ? toRowMajor(numbers, shape) : numbers };
}

function split(bytes: Uint8Array, source: string): { header: string; data: Uint8Array } {
  // Not TextDecoder: its latin1 is Windows-1252, where \x93 is a quotation mark.
  const text = (start: number, end: number) => Buffer.from(bytes.subarray(start, end)).toString('latin1');
  if (text(0, 6) !== '\x93NUMPY') throw new BasinError('file.header', `${source} is not a NumPy array: it does not begin with \\x93NUMPY`);
  const version = bytes[6] ?? 0;
  const lengthBytes = version === 1 ? 2 : 4;
  if (bytes.length < 8 + lengthBytes) throw new BasinError('file.truncated', `${source} is cut off in its header (${bytes.length} bytes)`);
  if (version < 1 || version > 3) throw new BasinError('file.header', `${source} has .npy version ${version}; Basin reads 1, 2 and 3`);
  const fields = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = 8 + lengthBytes + (version === 1 ? fields.getUint16(8, true) : fields.getUint32(8, true));
  if (end > bytes.length) throw new BasinError('file.truncated', `${source} is cut off in its header: that should end at byte ${end}, ${bytes.length} are there`);
  return { header: text(8 + lengthBytes, end), data: bytes.subarray(end) };
}

/** The header is a Python dictionary with exactly three keys, in any order: {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), } */
function readHeader(header: string, source: string): { descr: string; fortran: boolean; shape: number[] } {
  const refuse = (what: string): never => {
    throw new BasinError('file.header', `${source}: its header has no valid ${what}: ${header.trim().slice(0, 200)}`);
  };
  const descr = /'descr'\s*:\s*('[^']*'|\[[^]*\])/.exec(header)?.[1] ?? refuse('descr');
  const fortran = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1] ?? refuse('fortran_order');
  const list = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(header)?.[1] ?? refuse('shape');
  const shape = list.split(',').map((size) => size.trim()).filter((size) => size !== '').map(Number);
  if (!shape.every(Number.isSafeInteger)) refuse('shape');
  return { descr: descr.replaceAll("'", ''), fortran: fortran === 'True', shape };
}

function readDtype(descr: string, source: string): Dtype {
  const dtype = DTYPES[descr.slice(1)];
  if (dtype && (descr.startsWith('<') || (descr.startsWith('|') && ELEMENT_BYTES[dtype] === 1))) return dtype;
  if (dtype && descr.startsWith('>')) throw new BasinError('file.byte-order', `${source} is big-endian (${descr}); save it as little-endian: array.astype('<${descr.slice(1)}')`);
  throw new BasinError('file.dtype', `${source} has type ${descr}, which Basin does not read; it reads ${Object.keys(DTYPES).join(', ')}`);
}

/** Column-major (first index fastest) to row-major (last index fastest). */
function toRowMajor(data: TensorData, shape: readonly number[]): TensorData {
  const strides = shape.map((_, axis) => elements(shape.slice(0, axis)));
  const index = new Array<number>(shape.length).fill(0);
  const out = data.slice();
  let from = 0;
  for (let to = 0; to < out.length; to++) {
    out[to] = data[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return out;
}
