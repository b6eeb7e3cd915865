import type { Value } from '../graph.ts';
import type { Info, KernelTable } from './types.ts';

/** Shape of a·b with either side transposed, batch axes broadcast. */
function productShape([a, b]: readonly Value[], transposeA: boolean, transposeB: boolean): Info[] {
  const [rowsA, colsA] = a!.shape.slice(-2) as [number, number];
  const [rowsB, colsB] = b!.shape.slice(-2) as [number, number];
  const batchA = a!.shape.slice(0, -2);
  const batchB = b!.shape.slice(0, -2);
  const batch = batchA.length >= batchB.length ? batchA.map((extent, i) => Math.max(extent, batchB[i - batchA.length + batchB.length] ?? 1)) : batchB;
  return [{ shape: [...batch, transposeA ? colsA : rowsA, transposeB ? rowsB : colsB], dtype: 'float32' }];
}

const swapLast = (rank: number): number[] => [...Array(rank).keys()].map((axis) => (axis === rank - 1 ? rank - 2 : axis === rank - 2 ? rank - 1 : axis));

export const MATRIX: KernelTable = {
  BatchMatMul: {
    operands: ['a', 'b'],
    infer: (inputs, attrs) => productShape(inputs, attrs['transposeA'] as boolean, attrs['transposeB'] as boolean),
    // A third operand, where lowering found one, is added to the product.
    lower: (emit, [a, b, ...addend], { inputs, attrs }) => {
      const transposeA = attrs['transposeA'] as boolean;
      const transposeB = attrs['transposeB'] as boolean;
      const [rankA, rankB] = [inputs[0]!.shape.length, inputs[1]!.shape.length];
      if (rankA === 2 && rankB === 2) return [emit.op('Gemm', [a!, b!, ...addend], { transA: Number(transposeA), transB: Number(transposeB) })];
      const side = (name: string, rank: number, transposed: boolean) => (transposed ? emit.op('Transpose', [name], { perm: swapLast(rank) }) : name);
      return [emit.op('MatMul', [side(a!, rankA, transposeA), side(b!, rankB, transposeB)])];
    },
  },
  Transpose: {
    operands: ['x'],
    infer: ([x], attrs) => [{ shape: (attrs['perm'] as number[]).map((axis) => x!.shape[axis]!), dtype: x!.dtype }],
    lower: (emit, [x], { attrs }) => [emit.op('Transpose', [x!], { perm: attrs['perm'] as number[] })],
  },
};
