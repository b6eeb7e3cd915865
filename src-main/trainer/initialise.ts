import { trainingState } from '../methods/adam.ts';
import type { ParameterSpec, Shape } from '../methods/types.ts';
import { createRng } from '../tasks/rng.ts';

/** Values and shapes of engine state, as `Engine.setState` takes them. */
export interface State {
  readonly values: Record<string, Float32Array>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/**
 * The state that training starts from: parameters from U(−bound, bound), each from a stream of its own so that one
 * layer's size does not change another's weights, and Adam's moments at zero.
 */
export function initialState(specs: readonly ParameterSpec[], seed: number): State {
  const shapes = trainingState(specs);
  const values = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, new Float32Array(sizeOf(shape))]));
  specs.forEach(({ name, bound, value }, i) => {
    if (value === undefined) createRng(seed, 'parameters', i).fillUniform(values[name]!, -bound, bound);
    else values[name]!.fill(value);
  });
  return { values, shapes };
}

/** Numbers that a tensor of this shape holds. */
export const sizeOf = (shape: Shape): number => shape.reduce((product, n) => product * n, 1);
