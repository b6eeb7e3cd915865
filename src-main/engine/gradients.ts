import * as tf from '@tensorflow/tfjs-core';
import { registerElementwise } from './gradients/elementwise.ts';
import { registerLayouts } from './gradients/layouts.ts';
import { registerPairs } from './gradients/pairs.ts';
import { registerReductions } from './gradients/reductions.ts';
import { refuse } from './gradients/register.ts';

/**
 * Gives tfjs gradients that are right in every order. Calling it again changes nothing.
 *
 * tfjs 4.22's own are not: where a gradient saves its kernel's output (sigmoid, tanh, exp, pow, softmax, max, …), the
 * saved clone enters the tape before the kernel that makes it, a second differentiation loses the dependency, and
 * x·sigmoid(x) gets wrong second derivatives without any error. Comparisons have no gradient, so that second order
 * through max or `where` throws. (And its build for Node registers no gradient at all.) Here
 * - a gradient saves inputs only and computes an output again where it needs it;
 * - comparisons and roundings have the gradient zero;
 * - elements tied in a maximum or minimum share the gradient equally, as PyTorch's amax, amin, maximum and minimum do;
 * - what has no right gradient throws.
 *
 * Met later, while differentiating: BasinError `engine.gradient`, which names the kernel.
 */
export function mendGradients(): void {
  for (const kernel of WITHOUT_GRADIENT) tf.registerGradient({ kernelName: kernel, gradFunc: () => refuse(kernel) });
  registerElementwise();
  registerPairs();
  registerReductions();
  registerLayouts();
  // Built on tf.customGrad, which saves intermediate results; tfjs finds a gradient under the op's scope name first.
  for (const op of ['logSoftmax', 'softmaxCrossEntropy']) tf.registerGradient({ kernelName: `${op}__op`, gradFunc: () => refuse(`${op} (use logSumExp instead)`) });
}

/** Kernels that no method needs yet; most cannot be written with operations that are differentiable in turn. */
const WITHOUT_GRADIENT: readonly string[] = [
  tf.AvgPool, tf.AvgPool3D, tf.BatchToSpaceND, tf.BroadcastTo, tf.ComplexAbs, tf.Conv2D, tf.Conv2DBackpropInput, tf.Conv3D, tf.CropAndResize, tf.Cumprod,
  tf.DepthToSpace, tf.DepthwiseConv2dNative, tf.Diag, tf.Dilation2D, tf.Einsum, tf.FFT, tf.FlipLeftRight, tf.FusedBatchNorm, tf.GatherNd, tf.IFFT,
  tf.Imag, tf.LRN, tf.LogSoftmax, tf.LogicalXor, tf.MaxPool, tf.MaxPool3D, tf.MaxPoolWithArgmax, tf.MirrorPad, tf.Prod, tf.Real, tf.ResizeBilinear,
  tf.ResizeNearestNeighbor, tf.RotateWithOffset, tf.ScatterNd, tf.SpaceToBatchND, tf.SparseSegmentMean, tf.SparseSegmentSum, tf.SparseToDense,
  tf.StridedSlice, tf.TensorScatterUpdate, tf.TopK, tf.Transform, tf.Unique,
];
