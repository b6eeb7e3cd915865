import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveConfig } from '../../../src-main/contract/settings.ts';
import { createEngine } from '../../../src-main/engine/index.ts';
import type { Engine, EngineId } from '../../../src-main/engine/types.ts';
import { decodeSafetensors } from '../../../src-main/formats/safetensors.ts';
import { trainingState } from '../../../src-main/methods/adam.ts';
import { irem } from '../../../src-main/methods/irem.ts';
import { relativeError, sizeOf } from './support.ts';

/** Tensors computed in float64 by plain PyTorch: the only judge that shares no code with us. */
const folder = join(import.meta.dirname, '../../fixtures/golden');
const files = readdirSync(folder).filter((name) => name.startsWith('irem-'));
const TOLERANCE = 1e-5;

const engines: EngineId[] = [
  { engine: 'compiled', device: 'cpu' },
  { engine: 'eager', device: 'cpu' },
  { engine: 'eager', device: 'wasm' },
];

describe.each(engines)('$engine/$device', (id) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine(id);
  });
  afterAll(() => engine.dispose());

  it.each(files)('agrees with PyTorch: %s', async (file) => {
    const { tensors, metadata } = decodeSafetensors(readFileSync(join(folder, file)));
    const golden = (name: string) => tensors[name]!.data as Float32Array;
    const rows = tensors['x']!.shape[0]!;
    const widths = { x: tensors['x']!.shape[1]!, y: tensors['y0']!.shape[1]! };
    const config = resolveConfig({
      hidden: Number(metadata['hidden']),
      steps: Number(metadata['steps']),
      step_size: Number(metadata['step_size']),
      learning_rate: Number(metadata['learning_rate']),
      backprop: metadata['backprop'],
    });
    const specs = irem.parameters(config, widths);
    const shapes = trainingState(specs);
    await engine.setState(Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, name.startsWith('adam.') ? new Float32Array(sizeOf(shape)) : golden(`param.${name}`)])), shapes);

    const reasoning = await irem.reasoning(engine, config, widths, rows, { keepAnswers: true });
    const walk = await reasoning.run({ x: golden('x'), y0: golden('y0') }, config.steps, config.step_size);
    expect(relativeError(walk.answers, golden('outputs'))).toBeLessThan(TOLERANCE);
    expect(relativeError(walk.energies.subarray(0, config.steps * rows), golden('energies'))).toBeLessThan(TOLERANCE);

    const training = await irem.training(engine, config, widths, rows, { gradients: true });
    const losses: number[] = [];
    for (let iteration = 1; iteration <= 3; iteration++) {
      const outcome = await training.run({ x: golden('x'), y0: golden('y0'), target: golden('target') }, iteration, config.steps);
      losses.push(outcome.loss);
      if (iteration > 1) continue;
      const expected = Object.keys(tensors).filter((name) => name.startsWith('grad.'));
      expect(Object.keys(outcome.gradients!).map((name) => `grad.${name}`).sort()).toEqual(expected.sort());
      for (const name of expected) expect(relativeError(outcome.gradients![name.slice(5)]!, golden(name)), name).toBeLessThan(TOLERANCE);
      expect(relativeError(outcome.energies.subarray(0, config.steps * rows), golden('energies'))).toBeLessThan(TOLERANCE);
    }
    expect(relativeError(losses, golden('losses'))).toBeLessThan(TOLERANCE);
    const after = await engine.getState(specs.map(({ name }) => name));
    for (const { name } of specs) expect(relativeError(after[name]!, golden(`after3.${name}`)), name).toBeLessThan(TOLERANCE);
    await reasoning.dispose();
    await training.dispose();
  });
});
