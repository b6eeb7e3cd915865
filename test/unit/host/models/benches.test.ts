import { expect, it, onTestFinished } from 'vitest';
import { replaceReplay } from '../../../../db/replay.ts';
import { hideRun, getRun } from '../../../../db/runs.ts';
import type { ReplayEntry } from '../../../../src-main/contract/replay.ts';
import { createRng } from '../../../../src-main/tasks/rng.ts';
import { solve } from '../../../../src-main/trainer/evaluation.ts';
import { openModel } from '../../../../src-main/workbench/model.ts';
import { answers } from '../../../../src-main/host/models/answers.ts';
import { Benches } from '../../../../src-main/host/models/benches.ts';
import { temporaryStore } from '../../../support/temporary-store.ts';
import { refusalOf } from '../../../support/refusal.ts';
import { COMPILED, newRun, tiny, trainHere } from '../../trainer/sandbox.ts';
import { importedRun } from '../../workbench/trained.ts';

/** A trained run with checkpoints after 3, 6, … iterations. */
async function trained() {
  const store = temporaryStore();
  const run = newRun(store, tiny({ iterations: 9, checkpoint_every: 3, checkpoint_keep: 10, probe_every: 3 }));
  await trainHere(store, run);
  return { store, run };
}

const entry = (uid: number, { x, y }: { x: number; y: number }): ReplayEntry => ({
  uid, parent: null, problem: uid, generation: 0, born: 1, uses: 0, energy: 0, error: 0,
  x: createRng(uid, 'x').fillUniform(new Float32Array(x), -1, 1),
  y: createRng(uid, 'y').fillUniform(new Float32Array(y), -1, 1),
  target: createRng(uid, 't').fillUniform(new Float32Array(y), -1, 1),
  visit: new Float32Array(0),
});

it('a walk is that of the plain solver, from a stored answer, from noise, and on a fresh problem', async () => {
  const { store, run } = await importedRun();
  const stored = entry(5, { x: 32, y: 16 });
  replaceReplay(store, run.id, { iteration: 1, entries: [stored], ancestors: [] });
  const { walk } = answers(store);
  const model = await openModel(store, run, 'last', COMPILED);
  onTestFinished(() => model.dispose());
  const found = await walk({ run: run.id, checkpoint: 'last', start: { kind: 'entry', uid: 5 }, steps: 6 });
  const expected = await solve(model.engine, model.config, model.task.widths, { rows: 1, x: stored.x, y0: stored.y, target: stored.target }, { steps: 6, stepSize: model.stepSize, keepAnswers: true });
  expect(found).toMatchObject({ steps: 6, stepSize: model.stepSize, iteration: 0, energies: expected.energies, errors: expected.errors!, gradientNorms: expected.gradientNorms, answers: expected.answers, x: stored.x, target: stored.target });
  expect(found.energies).toHaveLength(7);
  const wide = await walk({ run: run.id, checkpoint: 'last', start: { kind: 'entry', uid: 5 }, steps: 6, stepSize: 3 });
  expect(wide.stepSize).toBe(3);
  expect(wide.energies[6]).not.toBe(found.energies[6]);
  const noise = (seed: number) => walk({ run: run.id, checkpoint: 'last', start: { kind: 'entry-noise', uid: 5, seed }, steps: 2 });
  const [first, again, other] = [await noise(1), await noise(1), await noise(2)];
  expect([first.x, first.answers]).toEqual([stored.x, again.answers]);
  expect(other.answers).not.toEqual(first.answers);
  const fresh = await walk({ run: run.id, checkpoint: 'last', start: { kind: 'fresh', difficulty: 'harder', seed: 1 }, steps: 2 });
  expect(Math.max(...fresh.x)).toBeGreaterThan(1);
  expect(await refusalOf(walk({ run: run.id, checkpoint: 'last', start: { kind: 'entry', uid: 6 }, steps: 2 }))).toMatchObject({ code: 'replay.unknown', message: expect.stringContaining('entry 6') as string });
});

it('stored answers are assessed in order of uid, each with the energy of its own walk', async () => {
  const { store, run } = await importedRun();
  const entries = Array.from({ length: 600 }, (_, i) => entry(1000 - i, { x: 32, y: 16 }));
  replaceReplay(store, run.id, { iteration: 1, entries, ancestors: [] });
  const { assess, walk } = answers(store);
  const { uid, energy, iteration } = await assess({ run: run.id, checkpoint: 'last' });
  expect([uid.length, uid[0], uid.at(-1), iteration]).toEqual([600, 401, 1000, 0]);
  for (const at of [0, 300, 599]) expect((await walk({ run: run.id, checkpoint: 'last', start: { kind: 'entry', uid: uid[at]! }, steps: 1 })).energies[0]).toBeCloseTo(energy[at]!, 5);
});

it('an opened model takes the weights of another checkpoint, and those of a newer one when there is one', async () => {
  const { store, run } = await trained();
  const { walk } = answers(store);
  const at = async (checkpoint: number | 'last' | 'best') => {
    const { iteration, energies } = await walk({ run, checkpoint, start: { kind: 'fresh', difficulty: 'same', seed: 3 }, steps: 2 });
    const model = await openModel(store, getRun(store, run), checkpoint, COMPILED);
    expect(iteration).toBe(model.iteration);
    await model.dispose();
    return energies;
  };
  const [early, last, earlyAgain] = [await at(3), await at('last'), await at(3)];
  expect(early).not.toEqual(last);
  expect(earlyAgain).toEqual(early);
  store.write(`UPDATE runs SET config = json_set(config, '$.iterations', 12) WHERE id = ?`, run);
  await trainHere(store, run);
  const newer = await walk({ run, checkpoint: 'last', start: { kind: 'fresh', difficulty: 'same', seed: 3 }, steps: 2 });
  expect(newer.iteration).toBe(12);
  expect(newer.energies).not.toEqual(last);
});

it('models that are used at once take turns, and no more than three stay open', async () => {
  const store = temporaryStore();
  const runs = [];
  for (let seed = 0; seed < 5; seed++) {
    const run = newRun(store, tiny({ seed, iterations: 2 }));
    await trainHere(store, run);
    runs.push(run);
  }
  const benches = new Benches(store);
  onTestFinished(() => benches.close());
  const iterations = await Promise.all(runs.flatMap((run) => [benches.with(run, 'last', ({ model }) => Promise.resolve(model.iteration)), benches.with(run, 'last', ({ model }) => Promise.resolve(model.iteration))]));
  expect(iterations).toEqual(Array(10).fill(2));
  expect(benches.open.length).toBeLessThanOrEqual(3);
  hideRun(store, runs[0]!);
  expect(await refusalOf(benches.with(runs[0]!, 'last', () => Promise.resolve(0)))).toMatchObject({ code: 'run.unknown' });
  const failed = benches.with(runs[4]!, 'last', () => Promise.reject(new Error('mine')));
  await expect(failed).rejects.toThrow('mine');
  expect(await benches.with(runs[4]!, 'last', ({ model }) => Promise.resolve(model.iteration))).toBe(2);
});

it('an evaluation and an export are those of the library, and a task is described', async () => {
  const { store, run } = await importedRun();
  const asked = answers(store);
  const report = await asked.evaluate({ run: run.id, checkpoint: 'last', steps: [4, 2, 4], problems: 20, harder: true, eachError: true });
  expect(report).toMatchObject({ run: run.id, iteration: 0, results: [{ difficulty: 'same', problems: 20 }, { difficulty: 'harder' }] });
  expect(report.results[0]!.steps.map(({ updates }) => updates)).toEqual([2, 4]);
  expect(report.results.map(({ errors }) => errors?.length)).toEqual([20, 20]);
  expect(report).not.toHaveProperty('sizes');
  expect(await refusalOf(asked.evaluate({ run: run.id, checkpoint: 'last', steps: [4], problems: 20, harder: true, sizes: [10] }))).toMatchObject({ code: 'evaluate.sizes' });
  const text = new TextDecoder().decode(await asked.export({ run: run.id, format: 'json' }));
  expect(JSON.parse(text)).toMatchObject({ run: { id: run.id }, config: { task: 'addition' } });
  const shapes = { widths: { x: 8, y: 4 }, pictures: { x: { count: 2, rows: 2, columns: 2 }, y: { count: 1, rows: 2, columns: 2 } } };
  expect(await asked.problem(tiny())).toEqual({ ...shapes, harder: shapes });
});
