import { extname } from 'node:path';
import { BasinError } from '../contract/errors.ts';
import { readFileBytes } from '../formats/files.ts';
import { decodeNpz } from '../formats/npz.ts';
import { decodeSafetensors } from '../formats/safetensors.ts';
import type { Tensor } from '../formats/tensors.ts';
import type { Widths } from '../methods/types.ts';
import { roomOf } from '../tasks/graph/layout.ts';
import type { Task } from '../tasks/types.ts';
import type { Questions } from '../trainer/evaluation.ts';
import { requireFinite, requireFloats } from './float-tensors.ts';

/** Problems to reason about: first answers and exact answers only where the file has them. */
export type ProblemFile = Omit<Questions, 'y0'> & { readonly y0?: Float32Array; readonly widths: Widths };

/**
 * Reads problems from a .safetensors or .npz file: `x` [rows, widths.x], and where present `y0` and `y` [rows, widths.y].
 * Widths are those of the task's training problems; graphs may have room for any number N of nodes, by x's width N² + N.
 *
 * @throws BasinError `reason.format` for another kind of file, `file.*` for a file that cannot be read, a missing x, a
 *   wrong shape, or a number that is not finite
 */
export function readProblems(file: string, task: Pick<Task, 'widths' | 'ofSize'>): ProblemFile {
  const tensors = readTensors(file);
  const size = roomOf(tensors['x']?.shape[1] ?? NaN);
  const { widths } = task.ofSize && Number.isInteger(size) && size >= 2 ? task.ofSize(size) : task;
  const read = (name: string, shape: readonly number[]) => {
    const values = requireFloats(tensors, name, shape, file);
    requireFinite(values, shape[1]!, name, file);
    return values;
  };
  const x = read('x', [-1, widths.x]);
  const rows = x.length / widths.x;
  if (rows === 0) throw new BasinError('file.tensor', `${file}, tensor "x": it has no rows, so there is nothing to reason about`);
  return {
    rows,
    widths,
    x,
    ...(tensors['y0'] ? { y0: read('y0', [rows, widths.y]) } : {}),
    ...(tensors['y'] ? { target: read('y', [rows, widths.y]) } : {}),
  };
}

function readTensors(file: string): Readonly<Record<string, Tensor>> {
  const kind = extname(file).toLowerCase();
  if (kind === '.npz') return decodeNpz(readFileBytes(file), file, ['x', 'y0', 'y']).tensors;
  if (kind === '.safetensors') return decodeSafetensors(readFileBytes(file), file).tensors;
  throw new BasinError('reason.format', `${file} is not a .safetensors or .npz file; write one with safetensors.numpy.save_file({"x": x}, …) or numpy.savez(…, x=x)`);
}
