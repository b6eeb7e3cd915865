import type { Walk } from '../../../src-main/contract/api/replay.ts';

/** A walk after k updates, as pictures: the answer, what is still wrong with it, and how far it has come. */
export interface Frame {
  readonly answer: Float32Array;
  /** |yᵏ − target| */
  readonly error: Float32Array;
  /** yᵏ − y⁰ */
  readonly change: Float32Array;
}

/** @param k 0 … steps */
export function frameAt({ answers, target }: Pick<Walk, 'answers' | 'target'>, k: number): Frame {
  const width = target.length;
  const answer = answers.subarray(k * width, (k + 1) * width);
  return { answer, error: answer.map((value, i) => Math.abs(value - target[i]!)), change: answer.map((value, i) => value - answers[i]!) };
}

/** Greatest absolute values over the whole walk, so that colours mean the same at every step; 1 where all is zero or nothing is finite. */
export function walkLimits({ answers, target, steps }: Pick<Walk, 'answers' | 'target' | 'steps'>): { readonly answer: number; readonly error: number; readonly change: number } {
  const width = target.length;
  const limits = { answer: 0, error: 0, change: 0 };
  const grow = (name: keyof typeof limits, value: number) => {
    if (Number.isFinite(value) && Math.abs(value) > limits[name]) limits[name] = Math.abs(value);
  };
  for (const value of target) grow('answer', value);
  for (let k = 0; k <= steps; k++)
    for (let i = 0; i < width; i++) {
      const value = answers[k * width + i]!;
      grow('answer', value);
      grow('error', value - target[i]!);
      grow('change', value - answers[i]!);
    }
  return { answer: limits.answer || 1, error: limits.error || 1, change: limits.change || 1 };
}
