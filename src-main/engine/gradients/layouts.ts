import * as tf from '@tensorflow/tfjs-core';
import type { Rank, Tensor } from '@tensorflow/tfjs-core';
import { float, refuse, register, registerList, registerOutputs } from './register.ts';

/** Gradients of kernels that only move elements. */
export function registerLayouts(): void {
  register(tf.Reshape, ['x'], (dy, [x]) => ({ x: () => tf.reshape(dy, x!.shape) }));
  register(tf.ExpandDims, ['input'], (dy, [input]) => ({ input: () => tf.reshape(dy, input!.shape) }));
  register(tf.Transpose, [], (dy, _saved, { perm }) => ({ x: () => tf.transpose(dy, inverse(perm as number[])) }));
  register(tf.Reverse, [], (dy, _saved, { dims }) => ({ x: () => tf.reverse(dy, dims as number[]) }));
  register(tf.Slice, ['x'], (dy, [x], { begin, size }) => ({
    x: () => {
      const [from, length] = tf.slice_util.parseSliceParams(x!, begin as number[], size as number[]);
      return tf.pad(dy, from!.map((start, axis): [number, number] => [start, x!.shape[axis]! - start - length![axis]!]));
    },
  }));
  register(tf.PadV2, ['x'], (dy, [x], { paddings }) => ({ x: () => tf.slice(dy, (paddings as [number, number][]).map(([before]) => before), x!.shape) }));
  registerList(tf.Concat, (dy, saved, { axis }) => {
    const along = tf.util.parseAxisParam(axis as number, saved[0]!.shape)[0]!;
    const parts = tf.split(dy, saved.map((part) => part.shape[along]!), along);
    return parts.map((part) => () => part);
  });
  registerList(tf.Pack, (dy, _saved, { axis }) => tf.unstack(dy, axis as number).map((part) => () => part));
  registerOutputs(tf.Unpack, 'value', (dys, { axis }) => tf.stack(dys, axis as number));
  registerOutputs(tf.SplitV, 'x', (dys, { axis }) => tf.concat(dys, axis as number));
  register(tf.Tile, ['x'], (dy, [x], { reps }) => ({ x: () => untile(dy, x!, reps as number[]) }));
  register(tf.OneHot, ['indices'], (_dy, [indices]) => ({ indices: () => tf.zeros(indices!.shape) }));
  register(tf.GatherV2, ['x', 'indices'], (dy, [x, indices], { axis, batchDims }) => ({
    x: () => (batchDims ? refuse('gather with batch dimensions') : scatter(dy, x!, indices!, axis as number)),
    indices: () => tf.zeros(indices!.shape),
  }));
  register(tf.UnsortedSegmentSum, ['segmentIds'], (dy, [ids]) => ({
    x: () => {
      const rows = tf.gather(dy, tf.maximum(ids!, tf.scalar(0, 'int32')));
      // A negative id belongs to no segment.
      const member = float(tf.greaterEqual(ids!, tf.scalar(0, 'int32')));
      return tf.mul(rows, tf.reshape(member, [...ids!.shape, ...Array<number>(rows.rank - ids!.rank).fill(1)]));
    },
    segmentIds: () => tf.zeros(ids!.shape),
  }));
}

/** The permutation that undoes `perm`. */
const inverse = (perm: readonly number[]): number[] => perm.map((_, axis) => perm.indexOf(axis));

/** Sums the copies that `tile` made: axis by axis, [repeats · length] is seen as [repeats, length]. */
function untile(dy: Tensor, x: Tensor, reps: readonly number[]): Tensor {
  const split = x.shape.flatMap((length, axis) => (reps[axis] === 1 ? [length] : [reps[axis]!, length]));
  const copies = reps.flatMap((repeats, axis) => (repeats === 1 ? [] : [axis + reps.slice(0, axis).filter((r) => r !== 1).length]));
  return copies.length > 0 ? tf.sum(tf.reshape(dy, split), copies) : tf.clone(dy);
}

/** Adds each slice of dy to the slice of x it was gathered from along `axis`. */
function scatter(dy: Tensor, x: Tensor, indices: Tensor, axis: number): Tensor {
  const along = tf.util.parseAxisParam(axis, x.shape)[0]!;
  const outer = x.shape.slice(0, along);
  const inner = x.shape.slice(along + 1);
  const front = [along, ...x.shape.keys()].filter((value, place) => place === 0 || value !== along);
  const slices = tf.transpose(tf.reshape(dy, [...outer, indices.size, ...inner]), front);
  const summed = tf.unsortedSegmentSum(slices, tf.reshape<Rank.R1>(indices, [-1]), x.shape[along]!);
  return tf.transpose(summed, inverse(front));
}
