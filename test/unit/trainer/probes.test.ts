import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunConfig } from '../../../src-main/contract/config.ts';
import { createEngine } from '../../../src-main/engine/index.ts';
import type { Engine } from '../../../src-main/engine/types.ts';
import { methodFor } from '../../../src-main/methods/index.ts';
import { openTask } from '../../../src-main/tasks/index.ts';
import { initialState } from '../../../src-main/trainer/initialise.ts';
import { finalError, Probes } from '../../../src-main/trainer/probes.ts';
import { COMPILED, tiny } from './sandbox.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine(COMPILED);
  const config = tiny();
  const { values, shapes } = initialState(methodFor('irem').parameters(config, openTask(config).widths), 3);
  await engine.setState(values, shapes);
});
afterAll(() => engine.dispose());

const open = (changes: Partial<RunConfig> = {}) => Probes.open(engine, tiny(changes), openTask(tiny(changes)));

test('a probe has energies, errors and gradient norms of every problem after every update, and a few answers', async () => {
  const probes = await open({ probe_problems: 5, probe_steps: 4, probe_answers: 2 });
  const probe = await probes.solve('harder', 17);
  expect(probe).toMatchObject({ iteration: 17, difficulty: 'harder', steps: 4, problems: 5, answersKept: 2 });
  expect([probe.energies.length, probe.errors.length, probe.gradientNorms.length, probe.answers.length]).toEqual([25, 25, 25, 5 * 2 * 4]);
  expect([...probe.errors, ...probe.energies].every(Number.isFinite)).toBe(true);
  expect(finalError(probe)).toBeCloseTo(probe.errors.slice(20).reduce((sum, error) => sum + error, 0) / 5, 6);
});

test('the kept answers are those of the first problems', async () => {
  const few = await (await open({ probe_answers: 2 })).solve('same', 1);
  const all = await (await open({ probe_answers: 64 })).solve('same', 1);
  expect(all.answersKept).toBe(5);
  for (let k = 0; k <= 4; k++) expect(few.answers.subarray(k * 8, (k + 1) * 8)).toEqual(all.answers.subarray(k * 20, k * 20 + 8));
  expect((await (await open({ probe_answers: 0 })).solve('same', 1)).answers).toHaveLength(0);
});

test('the problems stay the same, and the seed decides them', async () => {
  const probes = await open();
  const first = await probes.solve('same', 1);
  expect((await probes.solve('same', 2)).errors).toEqual(first.errors);
  expect((await (await open()).solve('same', 1)).errors).toEqual(first.errors);
  expect((await (await open({ seed: 1 })).solve('same', 1)).errors).not.toEqual(first.errors);
  expect(finalError(await probes.solve('harder', 1))).toBeGreaterThan(finalError(first));
});
