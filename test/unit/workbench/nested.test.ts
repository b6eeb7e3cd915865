import { describe, expect, it, onTestFinished } from 'vitest';
import { METHODS } from '../../../src-main/contract/config.ts';
import { resolveConfig } from '../../../src-main/contract/settings.ts';
import { createEngine } from '../../../src-main/engine/index.ts';
import { methodFor } from '../../../src-main/methods/index.ts';
import { openTask } from '../../../src-main/tasks/index.ts';
import { createRng } from '../../../src-main/tasks/rng.ts';
import type { Model } from '../../../src-main/workbench/model.ts';
import { NESTED_DEFAULTS } from '../../../src-main/workbench/nested-result.ts';
import { nestedAddition } from '../../../src-main/workbench/nested.ts';
import { COMPILED, refusal } from './sandbox.ts';

const SIZE = 4;

/** A model of small 2 × 2 matrices with parameters of the caller's choice. */
async function modelOf(changes: Readonly<Record<string, unknown>>, valueAt: (name: string, shape: readonly number[]) => Float32Array): Promise<Model> {
  const config = resolveConfig({ rank: 2, hidden: 2 * SIZE, depth: 3, steps: 4, step_size: 1, ...changes });
  const task = openTask(config);
  const engine = await createEngine(COMPILED);
  onTestFinished(() => engine.dispose());
  const specs = methodFor(config.method).parameters(config, task.widths);
  await engine.setState(Object.fromEntries(specs.map(({ name, shape }) => [name, valueAt(name, shape)])), Object.fromEntries(specs.map(({ name, shape }) => [name, shape])));
  return { config, task, engine, iteration: 1, stepSize: config.step_size, dispose: () => engine.dispose() };
}

/**
 * A feedforward network that answers A + B + offset exactly: half of the hidden units carry the sum's entries where they
 * are positive, the other half their negatives.
 */
const adder = (offset: number) =>
  modelOf({ method: 'feedforward' }, (name, shape) => {
    const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
    if (name.endsWith('bias')) return name === 'fc4.bias' ? values.fill(offset) : values;
    const width = shape[1]!;
    for (let i = 0; i < SIZE; i++) {
      if (name === 'fc1.weight') for (const [unit, sign] of [[i, 1], [SIZE + i, -1]] as const) values[unit * width + i] = values[unit * width + SIZE + i] = sign;
      else if (name === 'fc4.weight') [values[i * width + i], values[i * width + SIZE + i]] = [1, -1];
      else for (const unit of [i, SIZE + i]) values[unit * width + unit] = 1;
    }
    return values;
  });

const random = (changes: Readonly<Record<string, unknown>>) =>
  modelOf(changes, (name, shape) => createRng(1, name).fillUniform(new Float32Array(shape.reduce((product, side) => product * side, 1)), -0.3, 0.3));

describe('nested addition', () => {
  it('of an exact adder has no error, however many matrices there are', async () => {
    const { points, references } = await nestedAddition(await adder(0), { matrices: 10, steps: 3, problems: 700, seed: 0 });
    expect(points.map(({ compositions }) => compositions)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const { mean } of points) expect(mean).toBeLessThan(1e-12);
    const [zero, map] = references;
    expect(map).toMatchObject({ name: 'linear-map', errors: new Array(10).fill(0) });
    // The variance of a sum of k entries U(−1, 1) is k / 3.
    zero!.errors.forEach((error, k) => expect(error / ((k + 1) / 3)).toBeCloseTo(1, 0));
  });

  it('feeds each answer back: an adder that is off by b is off by k · b after k compositions', async () => {
    const { points } = await nestedAddition(await adder(0.25), { matrices: 6, steps: 1, problems: 600, seed: 3 });
    points.forEach(({ mean, low, high, quantiles }, k) => {
      expect(mean).toBeCloseTo((k * 0.25) ** 2, 5);
      // Every problem is off by the same.
      expect(high - low).toBeLessThan(1e-4);
      expect(quantiles[4]).toBeCloseTo(mean, 5);
    });
  });

  it('takes the answer after as many updates as it is told: after none it is noise', async () => {
    const { points } = await nestedAddition(await adder(0), { matrices: 3, steps: 0, problems: 2000, seed: 0 });
    // U(−1, 1) against a sum of k + 1 matrices: 1/3 + (k + 1)/3.
    expect(points.map(({ mean }) => mean)).toEqual([0, expect.closeTo(1, 1), expect.closeTo(4 / 3, 1)]);
  });

  it.each(METHODS)('runs with %s, the same each time and with other matrices for another seed', async (method) => {
    const model = await random({ method });
    const options = { ...NESTED_DEFAULTS, matrices: 3, steps: 3, problems: 20 };
    const found = await nestedAddition(model, options);
    expect(found.points.every(({ mean, low, high }) => Number.isFinite(mean) && low <= mean && mean <= high)).toBe(true);
    expect(found.points[1]!.mean).toBeGreaterThan(0.01);
    expect(await nestedAddition(model, options)).toEqual(found);
    expect((await nestedAddition(model, { ...options, seed: 1 })).points[1]!.mean).not.toBe(found.points[1]!.mean);
  });

  it('is refused for another task and for options out of range, by name, value and what is allowed', async () => {
    const other = await refusal(async () => nestedAddition(await random({ task: 'negate' }), NESTED_DEFAULTS));
    expect([other.code, other.message]).toEqual(['nested.task', expect.stringMatching(/task = negate is not allowed.*task = addition/)]);
    const model = await random({});
    for (const [name, value] of [['matrices', 1], ['matrices', 101], ['steps', -1], ['problems', 0], ['seed', 0.5]] as const) {
      const { code, message } = await refusal(() => nestedAddition(model, { ...NESTED_DEFAULTS, [name]: value }));
      expect([code, message]).toEqual(['nested.range', expect.stringMatching(new RegExp(`^${name} = ${value} is not allowed: it must be a whole number from \\d+ to \\d+$`))]);
    }
  });
});
