import type { Tensor } from '@tensorflow/tfjs-core';
import type { RunConfig } from '../contract/config.ts';
import type { ParameterSpec, Shape, Tensors, Widths } from './types.ts';

/** A network E_θ(x, y), in the form that a walk over y needs. */
export interface EnergyNetwork {
  parameters(config: RunConfig, widths: Widths): ParameterSpec[];
  /** The parameter that only adds a constant to E: no gradient reaches it. */
  constantOffset(config: RunConfig): string;
  /** What is known before y is, computed once for each problem. Given to `energy` among the parameters. */
  condition(p: Tensors, x: Tensor, widths: Widths): Tensors;
  conditionShapes(config: RunConfig, widths: Widths, rows: number): Readonly<Record<string, Shape>>;
  /** What is differentiated instead of these parameters: parts of the condition may stand for some of them. */
  leaves(names: readonly string[]): readonly string[];
  /** From the gradients of leaves to those of parameters. */
  gradients(gradients: Tensors, x: Tensor): Tensors;
  /** E [rows, 1] of answers y [rows, widths.y]. */
  energy(p: Tensors, y: Tensor, config: RunConfig): Tensor;
  /** 1 for each number of an answer that is part of the problem, 0 for padding [rows, widths.y]; absent where all are. */
  real?(t: Tensors, widths: Widths): Tensor;
}
