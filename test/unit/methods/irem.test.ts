import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../../src-main/engine/index.ts';
import type { Engine } from '../../../src-main/engine/types.ts';
import { irem } from '../../../src-main/methods/irem.ts';
import type { Batch } from '../../../src-main/methods/types.ts';
import { batchOf, initialise, sizeOf, tiny, uniform, widthsOf } from '../engine/support.ts';

describe('irem', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine({ engine: 'compiled', device: 'cpu' });
  });
  afterAll(() => engine.dispose());

  it('has the parameter counts of the released networks', () => {
    const count = (widths: { x: number; y: number }) => irem.parameters(tiny({ hidden: 512, depth: 3 }), widths).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    expect(count({ x: 800, y: 400 })).toBe(1_140_737);
    expect(count({ x: 400, y: 400 })).toBe(935_937);
  });

  it.each(['last-step', 'full'] as const)('has the gradient of its loss, by finite differences (%s)', async (backprop) => {
    // With N = 1 the loss is the function that either backprop differentiates; with N = 3 only full backprop is.
    const config = tiny({ backprop, steps: backprop === 'full' ? 3 : 1, hidden: 6, step_size: 2 });
    const widths = widthsOf(config);
    const batch = batchOf(config, 4);
    const training = await irem.training(engine, config, widths, 4, { gradients: true });
    await initialise(engine, config);
    const specs = irem.parameters(config, widths);
    const names = specs.map(({ name }) => name);
    const shapes = Object.fromEntries(specs.map(({ name, shape }) => [name, shape]));
    const start = await engine.getState(names);
    const { gradients } = await training.run(batch, 1, config.steps);
    const analytic = Object.fromEntries(Object.entries(gradients!).map(([name, values]) => [name, values.slice()]));
    const lossAt = async (name: string, direction: Float32Array, distance: number) => {
      await engine.setState({ ...start, [name]: start[name]!.map((value, i) => value + distance * direction[i]!) }, shapes);
      return (await training.run(batch, 1, config.steps)).loss;
    };
    for (const name of Object.keys(analytic)) {
      const direction = uniform(5, start[name]!.length);
      const h = 1e-2;
      const numeric = ((await lossAt(name, direction, h)) - (await lossAt(name, direction, -h))) / (2 * h);
      const expected = analytic[name]!.reduce((sum, value, i) => sum + value * direction[i]!, 0);
      expect(Math.abs(numeric - expected), name).toBeLessThan(2e-4 + 5e-3 * Math.abs(expected));
    }
    expect(names.filter((name) => !(name in analytic))).toEqual(['fc3.bias']);
    await training.dispose();
  });

  it("a row's result does not depend on the other rows", async () => {
    const config = tiny({ hidden: 16 });
    const widths = widthsOf(config);
    const reasoning = await irem.reasoning(engine, config, widths, 6, { keepAnswers: true, measure: true });
    await initialise(engine, config);
    const batch = batchOf(config, 6);
    const answersOfRow = async (given: Batch, row: number) => {
      const { answers } = await reasoning.run({ x: given.x, y0: given.y0, target: given.target }, 5, config.step_size);
      return Array.from({ length: 6 }, (_, step) => [...answers.subarray((step * 6 + row) * widths.y, (step * 6 + row + 1) * widths.y)]);
    };
    const alone = await answersOfRow(batch, 2);
    const disturbed = { x: batch.x.slice(), y0: batch.y0.slice(), target: batch.target };
    for (let row = 0; row < 6; row++) {
      if (row === 2) continue;
      disturbed.x.fill(1e3, row * widths.x, (row + 1) * widths.x);
      disturbed.y0.fill(NaN, row * widths.y, (row + 1) * widths.y);
    }
    expect(await answersOfRow(disturbed, 2)).toEqual(alone);
    await reasoning.dispose();
  });

  it('reasoning follows y ← y − λ ∇E: the recorded gradient norm is the length of the step', async () => {
    const config = tiny();
    const widths = widthsOf(config);
    await initialise(engine, config);
    const reasoning = await irem.reasoning(engine, config, widths, 1, { keepAnswers: true, measure: true });
    const { x, y0, target } = batchOf(config, 1);
    const lambda = 0.5;
    const walk = await reasoning.run({ x, y0, target }, 4, lambda);
    for (let k = 0; k < 4; k++) {
      let squared = 0;
      let error = 0;
      for (let i = 0; i < widths.y; i++) {
        squared += (walk.answers[(k + 1) * widths.y + i]! - walk.answers[k * widths.y + i]!) ** 2;
        error += (walk.answers[k * widths.y + i]! - target[i]!) ** 2;
      }
      expect(Math.sqrt(squared)).toBeCloseTo(lambda * walk.gradientNorms![k]!, 5);
      expect(walk.errors![k]!).toBeCloseTo(error / widths.y, 5);
      // A small enough step downhill lowers the energy.
      expect(walk.energies[k + 1]!).toBeLessThan(walk.energies[k]!);
    }
    await reasoning.dispose();
  });

  it('accepting only descent never raises the energy, however long the step', async () => {
    const config = tiny({ accept_only_descent: true });
    await initialise(engine, config);
    const reasoning = await irem.reasoning(engine, config, widthsOf(config), 8);
    const { x, y0 } = batchOf(config, 8);
    const { energies } = await reasoning.run({ x, y0 }, 20, 1e3);
    for (let k = 0; k < 20; k++) for (let row = 0; row < 8; row++) expect(energies[(k + 1) * 8 + row]!).toBeLessThanOrEqual(energies[k * 8 + row]!);
    await reasoning.dispose();
  });

  it('clips the global gradient norm as PyTorch does', async () => {
    const states = [];
    for (const gradient_clip of [0, 1e-3]) {
      const config = tiny({ gradient_clip });
      await initialise(engine, config);
      const training = await irem.training(engine, config, widthsOf(config), 4);
      const { gradientNorm } = await training.run(batchOf(config, 4), 1, config.steps);
      states.push({ gradientNorm, m: (await engine.getState(['adam.m.fc2.weight']))['adam.m.fc2.weight']! });
      await training.dispose();
    }
    const [free, clipped] = states as [(typeof states)[0], (typeof states)[0]];
    expect(clipped.gradientNorm).toBeCloseTo(free.gradientNorm, 5);
    const scale = 1e-3 / (free.gradientNorm + 1e-6);
    clipped.m.forEach((value, i) => expect(value).toBeCloseTo(free.m[i]! * scale, 8));
  });

  it('a learned λ moves and stays positive', async () => {
    const config = tiny({ learnable_step_size: true, learning_rate: 0.1 });
    await initialise(engine, config);
    const training = await irem.training(engine, config, widthsOf(config), 4);
    const seen = [];
    for (let i = 1; i <= 20; i++) seen.push((await training.run(batchOf(config, 4), i, config.steps)).stepSize);
    expect(seen[0]).toBeCloseTo(config.step_size, 4);
    expect(new Set(seen).size).toBeGreaterThan(10);
    expect(Math.min(...seen)).toBeGreaterThan(0);
    await training.dispose();
  });

  it('keeps the number of tensors flat over 1,000 iterations', async () => {
    const config = tiny();
    await initialise(engine, config);
    const training = await irem.training(engine, config, widthsOf(config), 4);
    const batch = batchOf(config, 4);
    for (let i = 1; i <= 3; i++) await training.run(batch, i, config.steps);
    const before = await engine.memory();
    for (let i = 4; i <= 1003; i++) await training.run(batch, i, config.steps);
    expect(await engine.memory()).toEqual(before);
    await training.dispose();
  });
});
