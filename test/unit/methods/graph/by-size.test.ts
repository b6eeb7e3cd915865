import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../../../../src-main/contract/settings.ts';
import { createEngine } from '../../../../src-main/engine/index.ts';
import type { Engine } from '../../../../src-main/engine/types.ts';
import { methodFor } from '../../../../src-main/methods/index.ts';
import { trainingState } from '../../../../src-main/methods/adam.ts';
import { trainingBySize } from '../../../../src-main/methods/graph/by-size.ts';
import { firstFit, fits, layoutsFor, type Layout } from '../../../../src-main/methods/graph/layout.ts';
import type { Batch, Outcome } from '../../../../src-main/methods/types.ts';
import { nodesIn } from '../../../../src-main/tasks/graph/layout.ts';
import { openTask } from '../../../../src-main/tasks/index.ts';
import { createRng } from '../../../../src-main/tasks/rng.ts';
import { initialState, sizeOf } from '../../../../src-main/trainer/initialise.ts';
import { relativeError } from '../../engine/support.ts';

const ROWS = 64;
const config = resolveConfig({ task: 'shortest-path', steps: 3, step_size: 10, langevin_noise: 0.01 });
const { widths, ...task } = openTask(config);

/** Graphs of mixed sizes in the order in which they are drawn; or all of the largest size. */
function batchOf(seed: number, mixed = true): Batch {
  const { x, y } = task.sample(createRng(seed, 'graphs'), ROWS, 'same', mixed ? 'train' : 'test');
  const noise = createRng(seed, 'noise').fillNormal(new Float32Array(config.steps * ROWS * widths.y), 1);
  return { x, target: y, y0: createRng(seed, 'answers').fillUniform(new Float32Array(ROWS * widths.y), -1, 1), noise, levels: Float32Array.from({ length: ROWS }, (_, row) => row) };
}

const sizesOf = ({ x }: Batch): number[] => Array.from({ length: x.length / widths.x }, (_, row) => nodesIn(x.subarray(row * widths.x, (row + 1) * widths.x)));

/** One row of a batch. */
const rowOf = ({ x, y0, target, noise }: Batch, row: number): Batch => {
  const cut = (values: Float32Array, width: number) => values.slice(row * width, (row + 1) * width);
  const noises = Float32Array.from({ length: config.steps * widths.y }, (_, i) => noise![(Math.floor(i / widths.y) * ROWS + row) * widths.y + (i % widths.y)]!);
  return { x: cut(x, widths.x), y0: cut(y0, widths.y), target: cut(target, widths.y), noise: noises };
};

describe('batches by size', () => {
  it('go largest first to the first layout that fits, and come back in their own order', async () => {
    const used: Layout[] = [];
    let made = 0;
    let disposed = 0;
    const training = await trainingBySize(widths, ROWS, (layout) => {
      made++;
      return Promise.resolve({
        run(batch) {
          expect(fits(layout, sizesOf(batch))).toBe(true);
          used.push(layout);
          // Says of each row which it was: its level, and its first answer, target and noise.
          const rows = [...batch.levels!];
          return Promise.resolve({ answers: batch.y0.map((value, i) => value + batch.target[i]!), errors: batch.levels!.slice(), energies: batch.noise!.filter((_, i) => i % widths.y === 0), halting: Float32Array.from([...rows, ...rows.map((row) => -row)]), loss: 1, gradientNorm: 2, answerChange: 3, stepSize: 4 });
        },
        dispose: () => Promise.resolve(disposed++).then(() => undefined),
      });
    });
    for (const batch of [...Array.from({ length: 40 }, (_, seed) => batchOf(seed)), batchOf(0, false)]) {
      const outcome = await training.run(batch, 1, config.steps);
      expect(outcome.errors).toEqual(batch.levels);
      expect(outcome.halting).toEqual(Float32Array.from([...batch.levels!, ...batch.levels!.map((row) => -row)]));
      expect(outcome.answers).toEqual(batch.y0.map((value, i) => value + batch.target[i]!));
      expect(outcome.energies).toEqual(batch.noise!.filter((_, i) => i % widths.y === 0));
      expect(outcome).toMatchObject({ loss: 1, gradientNorm: 2, answerChange: 3, stepSize: 4 });
    }
    const layouts = layoutsFor(ROWS, 10);
    expect(new Set(used)).toHaveLength(3);
    expect(used.filter((layout) => layout.length === layouts[0]!.length && layout[0]!.rows === layouts[0]![0]!.rows).length).toBeGreaterThan(20);
    expect(used.at(-1)).toEqual(layouts.at(-1));
    await training.dispose();
    expect([made, disposed]).toEqual([3, 3]);
  });

  it('leave a batch as it was given', async () => {
    const training = await trainingBySize(widths, ROWS, () => Promise.resolve({ run: (batch) => Promise.resolve({ answers: batch.y0, errors: batch.levels!, energies: new Float32Array(0), loss: 0, gradientNorm: 0, answerChange: 0, stepSize: 0 }), dispose: () => Promise.resolve() }));
    const batch = batchOf(1);
    const before = structuredClone(batch);
    await training.run(batch, 1, config.steps);
    expect(batch).toEqual(before);
  });

  it('have the answers, energies and gradients of their graphs one by one', async () => {
    const engine = await createEngine({ engine: 'compiled', device: 'cpu' });
    try {
      const batch = batchOf(5);
      expect(firstFit(layoutsFor(ROWS, 10), sizesOf(batch).toSorted((a, b) => b - a)).length).toBeGreaterThan(1);
      const together = await learn(engine, [batch], ROWS);
      const alone = await learn(engine, Array.from({ length: ROWS }, (_, row) => rowOf(batch, row)), 1);
      const edges = sizesOf(batch).map((nodes) => nodes ** 2);
      const total = edges.reduce((a, b) => a + b, 0);
      const [whole] = together as [Outcome];
      expect(relativeError(whole.answers, alone.flatMap(({ answers }) => [...answers]))).toBeLessThan(1e-5);
      expect(relativeError(whole.errors, alone.flatMap(({ errors }) => [...errors]))).toBeLessThan(1e-5);
      expect(relativeError(whole.energies, Array.from(whole.energies, (_, i) => alone[i % ROWS]!.energies[Math.floor(i / ROWS)]!))).toBeLessThan(1e-5);
      expect(whole.loss).toBeCloseTo(alone.reduce((sum, { loss }, row) => sum + (loss * edges[row]!) / total, 0), 5);
      for (const [name, gradient] of Object.entries(whole.gradients!)) {
        const sum = new Float64Array(gradient.length);
        alone.forEach(({ gradients }, row) => gradients![name]!.forEach((value, i) => (sum[i]! += (value * edges[row]!) / total)));
        expect(relativeError(gradient, sum), name).toBeLessThan(1e-4);
      }
    } finally {
      await engine.dispose();
    }
  });
});

/** What training on each batch finds, always from the same weights. */
async function learn(engine: Engine, batches: readonly Batch[], rows: number): Promise<Outcome[]> {
  const method = methodFor(config.method);
  const specs = method.parameters(config, widths);
  const shapes = trainingState(specs);
  const values = { ...Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, new Float32Array(sizeOf(shape))])), ...initialState(specs, 5).values };
  const training = await method.training(engine, config, widths, rows, { gradients: true });
  const outcomes: Outcome[] = [];
  for (const batch of batches) {
    await engine.setState(values, shapes);
    const outcome = await training.run(batch, 1, config.steps);
    // The next run but one writes into the same memory.
    outcomes.push({ ...outcome, gradients: Object.fromEntries(Object.entries(outcome.gradients!).map(([name, gradient]) => [name, gradient.slice()])) });
  }
  await training.dispose();
  return outcomes;
}
