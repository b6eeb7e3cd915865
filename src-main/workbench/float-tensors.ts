import { BasinError } from '../contract/errors.ts';
import type { Tensor } from '../formats/tensors.ts';

type TensorMap = Readonly<Record<string, Tensor>>;

const FLOATS = ['F64', 'F32', 'F16', 'BF16'];

/** A shape as messages print it: [8, 32]. */
export const shapeText = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/** Numbers that a tensor of this shape holds. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/**
 * A tensor's numbers as float32.
 *
 * @param source the file, for messages
 * @throws BasinError `file.dtype` when it does not hold floating-point numbers
 */
export function asFloat32(tensor: Tensor, name: string, source: string): Float32Array {
  if (!FLOATS.includes(tensor.dtype)) throw new BasinError('file.dtype', `${source}, tensor "${name}": holds ${tensor.dtype}, but floating-point numbers (${FLOATS.join(', ')}) are needed`);
  return tensor.data instanceof Float32Array ? tensor.data : Float32Array.from(tensor.data as Float64Array);
}

/**
 * The float32 numbers of a tensor that must be there with this shape; −1 stands for any size.
 *
 * @throws BasinError `file.tensor` when it is missing or has another shape, `file.dtype` when it holds no floats
 */
export function requireFloats(tensors: TensorMap, name: string, shape: readonly number[], source: string): Float32Array {
  const tensor = tensors[name];
  const wanted = `[${shape.map((size) => (size < 0 ? 'any' : String(size))).join(', ')}]`;
  if (!tensor) throw new BasinError('file.tensor', `${source} has no tensor "${name}" (${wanted} is needed); it has ${Object.keys(tensors).join(', ') || 'none at all'}`, { details: { tensor: name } });
  const fits = tensor.shape.length === shape.length && shape.every((size, axis) => size < 0 || size === tensor.shape[axis]);
  if (!fits) throw new BasinError('file.tensor', `${source}, tensor "${name}": its shape is ${shapeText(tensor.shape)}, but ${wanted} is needed`, { details: { tensor: name, shape: tensor.shape } });
  return asFloat32(tensor, name, source);
}

/**
 * Refuses numbers that are not finite, naming the first one's row.
 *
 * @throws BasinError `file.value`
 */
export function requireFinite(values: Float32Array, width: number, name: string, source: string): void {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) throw new BasinError('file.value', `${source}, tensor "${name}": row ${Math.floor(at / width)}, column ${at % width} is ${values[at]!}: every number must be finite`, { details: { tensor: name } });
}
