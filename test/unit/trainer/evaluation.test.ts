import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../../src-main/engine/index.ts';
import type { Engine } from '../../../src-main/engine/types.ts';
import { methodFor } from '../../../src-main/methods/index.ts';
import { openTask } from '../../../src-main/tasks/index.ts';
import { createRng } from '../../../src-main/tasks/rng.ts';
import { openSolver, solve, stepSizeNow, type Questions, type Solution } from '../../../src-main/trainer/evaluation.ts';
import { initialState } from '../../../src-main/trainer/initialise.ts';
import { COMPILED, EAGER, tiny } from './sandbox.ts';

const config = tiny({ hidden: 16, learnable_step_size: true, step_size: 3 });
const task = openTask(config);
const STEPS = 4;

function questions(rows: number): Questions {
  const { x, y } = task.sample(createRng(9, 'test'), rows, 'same', 'test');
  return { rows, x, y0: createRng(9, 'answers').fillUniform(new Float32Array(rows * 4), -1, 1), target: y };
}

/** Largest difference, relative to the largest number. */
function distance(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  const scale = Math.max(...a.map(Math.abs), 1e-12);
  return Math.max(0, ...a.map((value, i) => Math.abs(value - b[i]!))) / scale;
}

describe.each([COMPILED, EAGER])('solving on $engine/$device', (id) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine(id);
    const { values, shapes } = initialState(methodFor('irem').parameters(config, task.widths), 3);
    await engine.setState(values, shapes);
  });
  afterAll(() => engine.dispose());

  const run = (chunk: number, rows = 11, keepAnswers = true): Promise<Solution> => solve(engine, config, task.widths, questions(rows), { steps: STEPS, stepSize: 3, chunk, keepAnswers });

  test('in chunks, with the last one filled up, equals solving at once', async () => {
    const whole = await run(11);
    expect([whole.energies.length, whole.errors!.length, whole.gradientNorms.length, whole.answers.length]).toEqual([55, 55, 55, 220]);
    for (const chunk of [1, 4, 10]) {
      const parts = await run(chunk);
      for (const name of ['energies', 'errors', 'gradientNorms', 'answers'] as const) expect(distance(whole[name]!, parts[name]!), `${name}, ${chunk} rows at a time`).toBeLessThan(1e-5);
    }
  });

  test('begins at y⁰ and ends at the last answers', async () => {
    const every = await run(4);
    const last = await run(4, 11, false);
    expect(every.answers.subarray(0, 44)).toEqual(questions(11).y0);
    expect(last.answers).toEqual(every.answers.subarray(STEPS * 44));
    const { target, y0 } = questions(11);
    const error = (row: number) => [0, 1, 2, 3].reduce((sum, i) => sum + (y0[row * 4 + i]! - target![row * 4 + i]!) ** 2, 0) / 4;
    for (let row = 0; row < 11; row++) expect(every.errors![row]).toBeCloseTo(error(row), 5);
  });

  test('without exact answers there are no errors, and all else is the same', async () => {
    const { target: _, ...open } = questions(11);
    const { errors: __, ...rest } = await run(4, 11, false);
    expect(await solve(engine, config, task.widths, open, { steps: STEPS, stepSize: 3, chunk: 4 })).toEqual(rest);
  });

  test('may be repeated with other problems; results belong to the caller', async () => {
    const solver = await openSolver(engine, config, task.widths, 4);
    const first = await solver.solve(questions(3), STEPS, 3);
    const before = structuredClone(first);
    for (const rows of [4, 9, 1]) await solver.solve(questions(rows), STEPS, 2);
    expect(first).toEqual(before);
    await solver.dispose();
  });

  test('a learned λ is read from the engine', async () => {
    expect(await stepSizeNow(engine, config)).toBeCloseTo(3, 5);
    expect(await stepSizeNow(engine, tiny({ step_size: 42 }))).toBe(42);
  });
});
