import { resolveConfig } from '../../contract/settings.ts';
import type { RunConfig } from '../../contract/config.ts';
import { decodeSafetensors } from '../../formats/safetensors.ts';
import { trainingState } from '../../methods/adam.ts';
import { methodFor } from '../../methods/index.ts';
import type { Arrays } from '../../methods/types.ts';
import type { Engine } from '../types.ts';
import { GOLDEN_IREM } from './irem.ts';

/** Greatest relative error of an engine that computes the right thing in float32. */
export const TOLERANCE = 1e-4;

/**
 * Trains the stored problem on an engine for as many iterations as its answer has, and compares.
 *
 * @returns the greatest of ‖ours − golden‖ / ‖golden‖ over losses, first gradients and final parameters; NaN where the
 *   engine gives no number.
 */
export async function checkGolden(engine: Engine): Promise<number> {
  const { tensors, metadata } = decodeSafetensors(Buffer.from(GOLDEN_IREM, 'base64'), 'The stored answer');
  const golden = (name: string) => tensors[name]!.data as Float32Array;
  const config = configOf(metadata);
  const batch = { x: golden('x'), y0: golden('y0'), target: golden('target') };
  const widths = { x: tensors['x']!.shape[1]!, y: tensors['target']!.shape[1]! };
  const method = methodFor(config.method);
  const specs = method.parameters(config, widths);
  const shapes = trainingState(specs);
  await engine.setState(Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, tensors[`param.${name}`] ? golden(`param.${name}`) : new Float32Array(shape.reduce((a, b) => a * b, 1))])), shapes);

  const training = await method.training(engine, config, widths, config.batch, { gradients: true });
  const losses: number[] = [];
  let gradients: Arrays = {};
  for (let iteration = 1; iteration <= golden('losses').length; iteration++) {
    const outcome = await training.run(batch, iteration, config.steps);
    losses.push(outcome.loss);
    if (iteration === 1) gradients = Object.fromEntries(Object.entries(outcome.gradients!).map(([name, values]) => [name, values.slice()]));
  }
  await training.dispose();
  const parameters = await engine.getState(specs.map(({ name }) => name));
  const errors = [
    relativeError(losses, golden('losses')),
    ...Object.entries(gradients).map(([name, values]) => relativeError(values, golden(`grad.${name}`))),
    ...Object.entries(parameters).map(([name, values]) => relativeError(values, golden(`after3.${name}`))),
  ];
  return errors.some(Number.isNaN) ? NaN : Math.max(...errors);
}

function configOf(metadata: Readonly<Record<string, string>>): RunConfig {
  const number = (name: string) => Number(metadata[name]);
  return resolveConfig({
    method: metadata['method'],
    task: metadata['task'],
    backprop: metadata['backprop'],
    rank: number('rank'),
    hidden: number('hidden'),
    batch: number('batch'),
    steps: number('steps'),
    step_size: number('step_size'),
    learning_rate: number('learning_rate'),
  });
}

/** ‖a − b‖ / ‖b‖. */
function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < b.length; i++) {
    difference += (a[i]! - b[i]!) ** 2;
    norm += b[i]! ** 2;
  }
  return Math.sqrt(difference / norm);
}
