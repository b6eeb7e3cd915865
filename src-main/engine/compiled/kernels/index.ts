import { ELEMENTWISE } from './elementwise.ts';
import { MATRIX } from './matrix.ts';
import { REDUCE } from './reduce.ts';
import { SHAPE } from './shape.ts';
import type { KernelTable } from './types.ts';

/** The tfjs kernels that the compiled engine can run, each with its shape rule and its ONNX form in one place. */
export const KERNELS: KernelTable = { ...ELEMENTWISE, ...MATRIX, ...REDUCE, ...SHAPE };
