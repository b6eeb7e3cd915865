/** Element types of safetensors. BOOL is a byte, 0 or 1; U64 and I64 are BigInts in JavaScript. */
export type Dtype = 'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'I32' | 'I16' | 'I8' | 'U64' | 'U32' | 'U16' | 'U8' | 'BOOL';

export type TensorData = Float64Array | Float32Array | BigInt64Array | Int32Array | Int16Array | Int8Array | BigUint64Array | Uint32Array | Uint16Array | Uint8Array;

/** Numbers with a shape, row-major. */
export interface TensorToWrite {
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** A tensor from a file. `dtype` says how it was stored: F16 and BF16 arrive as float32, everything else as it is. */
export interface Tensor extends TensorToWrite {
  readonly dtype: Dtype;
}

/** Bytes of one element. */
export const ELEMENT_BYTES: Readonly<Record<Dtype, number>> = { F64: 8, F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4, I16: 2, I8: 1, U64: 8, U32: 4, U16: 2, U8: 1, BOOL: 1 };

const ARRAYS = {
  F64: Float64Array,
  F32: Float32Array,
  F16: Float16Array,
  I64: BigInt64Array,
  I32: Int32Array,
  I16: Int16Array,
  I8: Int8Array,
  U64: BigUint64Array,
  U32: Uint32Array,
  U16: Uint16Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
} as const;

export const isDtype = (text: unknown): text is Dtype => typeof text === 'string' && Object.hasOwn(ELEMENT_BYTES, text);

/** The dtype in which an array is written. */
export function dtypeOf(data: TensorData): Dtype {
  const found = (Object.keys(ARRAYS) as (keyof typeof ARRAYS)[]).find((dtype) => data instanceof ARRAYS[dtype]);
  if (!found) throw new TypeError(`no safetensors dtype for ${Object.prototype.toString.call(data)}`);
  return found;
}

/** Number of elements of a shape (1 for a scalar, shape []); NaN when it is beyond exact integers. */
export function elements(shape: readonly number[]): number {
  if (shape.includes(0)) return 0;
  const count = shape.reduce((product, size) => product * size, 1);
  return Number.isSafeInteger(count) ? count : NaN;
}

/**
 * Little-endian bytes as numbers (every platform Basin runs on is little-endian). A view of `bytes` where its offset
 * suits the type, else a copy; F16 and BF16 are widened to float32, which holds them exactly.
 */
export function toNumbers(dtype: Dtype, bytes: Uint8Array): TensorData {
  if (dtype === 'BF16') {
    // A bfloat16 is the upper half of a float32.
    const halves = view(Uint16Array, bytes);
    const words = new Uint32Array(halves.length);
    for (let i = 0; i < halves.length; i++) words[i] = halves[i]! << 16;
    return new Float32Array(words.buffer);
  }
  if (dtype === 'F16') return new Float32Array(view(Float16Array, bytes));
  return view<TensorData>(ARRAYS[dtype], bytes);
}

interface ArrayType<A> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, offset: number, length: number): A;
}

function view<A>(type: ArrayType<A>, bytes: Uint8Array): A {
  const aligned = bytes.byteOffset % type.BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes);
  return new type(aligned.buffer, aligned.byteOffset, aligned.byteLength / type.BYTES_PER_ELEMENT);
}
