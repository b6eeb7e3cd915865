import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { RunConfig } from '../../../src-main/contract/config.ts';
import { createEngine } from '../../../src-main/engine/index.ts';
import type { Engine, EngineId } from '../../../src-main/engine/types.ts';
import { methodFor } from '../../../src-main/methods/index.ts';
import { openTask } from '../../../src-main/tasks/index.ts';
import { train, type Watcher } from '../../../src-main/trainer/loop.ts';
import { freshStart } from '../../../src-main/trainer/restore.ts';
import type { Measured } from '../../../src-main/trainer/telemetry.ts';
import { COMPILED, EAGER, tiny } from './sandbox.ts';

/** The loop alone: no store, no process. */
async function trainAlone(id: EngineId, config: RunConfig, watch: (engine: Engine) => Partial<Watcher>) {
  const task = openTask(config);
  const start = freshStart(config, methodFor(config.method).parameters(config, task.widths), task.widths);
  const engine = await createEngine(id);
  try {
    await engine.setState(start.state.values, start.state.shapes);
    const idle: Watcher = { stopRequested: false, began: () => undefined, finished: () => undefined, settled: () => Promise.resolve() };
    const watcher = Object.setPrototypeOf(watch(engine), idle) as Watcher;
    const trained = await train(engine, config, task, start.buffer, 0, watcher);
    return { trained, buffer: start.buffer };
  } finally {
    await engine.dispose();
  }
}

test('memory stays flat over 1,000 iterations: tensors of the engine, heap and buffers of this process', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const tensors: unknown[] = [];
  const bytes: number[] = [];
  await trainAlone(COMPILED, tiny({ iterations: 1300, batch: 32, replay_fraction: 0.75, replay_capacity: 400 }), (engine) => ({
    async settled(iteration) {
      if (iteration < 300 || iteration % 100 !== 0) return;
      tensors.push(await engine.memory());
      collect();
      const { heapUsed, external } = process.memoryUsage();
      bytes.push(heapUsed + external);
    },
  }));
  expect(bytes).toHaveLength(11);
  expect(tensors).toEqual(Array(11).fill(tensors[0]));
  // The smallest array of a batch, its 128 answers, takes 2 kB: kept from every iteration, it would be 2 MB.
  expect(Math.min(...bytes.slice(-3)) - Math.min(...bytes.slice(0, 3))).toBeLessThan(1e6);
});

test('an eager engine has as many tensors after a hundred iterations as after ten', async () => {
  const tensors: number[] = [];
  await trainAlone(EAGER, tiny({ iterations: 100 }), (engine) => ({
    async settled(iteration) {
      if (iteration % 10 === 0) tensors.push((await engine.memory()).tensors);
    },
  }));
  expect(tensors).toEqual(Array(10).fill(tensors[0]));
});

test('replays from the second iteration on, as many rows as are fresh, and stores every row', async () => {
  const seen: Measured[] = [];
  const { buffer } = await trainAlone(COMPILED, tiny({ iterations: 4, replay_capacity: 1000 }), () => ({ finished: (measured) => void seen.push(measured) }));
  expect(seen.map(({ iteration, rows, replayed }) => [iteration, rows, replayed])).toEqual([[1, 6, 0], [2, 12, 6], [3, 12, 6], [4, 12, 6]]);
  const { entries } = buffer!.snapshot(4);
  expect(entries).toHaveLength(6 + 3 * 12);
  // Replayed rows lie in front of each batch and are one visit further than what they restarted from.
  const batch = entries.filter(({ born }) => born === 4);
  expect(batch.map(({ generation }) => generation > 0)).toEqual([...Array<boolean>(6).fill(true), ...Array<boolean>(6).fill(false)]);
  for (const entry of entries.filter(({ parent }) => parent !== null)) {
    const parent = entries.find(({ uid }) => uid === entry.parent)!;
    expect([entry.generation, entry.problem, entry.x, entry.target]).toEqual([parent.generation + 1, parent.problem, parent.x, parent.target]);
    expect(entry.born).toBeGreaterThan(parent.born);
    // The visit began at the stored answer: same problem, same answer, but the weights have moved a little since.
    expect(entry.visit[0]).toBeCloseTo(parent.energy, 1);
  }
  expect(entries.reduce((sum, { uses }) => sum + uses, 0)).toBe(3 * 6);
});

test('what the outcome says of a row is what the buffer keeps of it', async () => {
  const seen: Measured[] = [];
  const { buffer } = await trainAlone(COMPILED, tiny({ iterations: 1 }), () => ({ finished: (measured) => void seen.push(measured) }));
  const { outcome } = seen[0]!;
  buffer!.snapshot(1).entries.forEach((entry, row) => {
    expect(entry.error).toBe(outcome.errors[row]);
    expect([...entry.visit]).toEqual([0, 1, 2, 3].map((k) => outcome.energies[k * 6 + row]));
    expect(entry.energy).toBe(entry.visit[3]);
    expect([...entry.y]).toEqual([...outcome.answers.subarray(row * 4, row * 4 + 4)]);
    const error = entry.y.reduce((sum, y, i) => sum + (y - entry.target[i]!) ** 2, 0) / 4;
    expect(entry.error).toBeCloseTo(error, 5);
  });
});

test('prepares and reports while the engine computes, and ends where it is asked to', async () => {
  const order: string[] = [];
  const { trained } = await trainAlone(COMPILED, tiny({ iterations: 50 }), () => ({
    get stopRequested() {
      return order.includes('settled 3');
    },
    began: (iteration) => void order.push(`began ${iteration}`),
    finished: ({ iteration }) => void order.push(`finished ${iteration}`),
    settled(iteration) {
      order.push(`settled ${iteration}`);
      return Promise.resolve();
    },
  }));
  expect(trained).toEqual({ iteration: 3 });
  expect(order).toEqual([1, 2, 3].flatMap((i) => [`began ${i}`, `finished ${i}`, `settled ${i}`]));
});

test('what a listener throws ends the training', async () => {
  const failing = trainAlone(COMPILED, tiny(), () => ({
    began(iteration) {
      if (iteration === 3) throw new Error('no room');
    },
  }));
  await expect(failing).rejects.toThrow('no room');
});
