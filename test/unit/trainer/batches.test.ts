import { describe, expect, test } from 'vitest';
import { openTask } from '../../../src-main/tasks/index.ts';
import { Batches, type MixedBatch } from '../../../src-main/trainer/batches.ts';
import { ReplayBuffer } from '../../../src-main/trainer/replay-buffer.ts';
import { tiny } from './sandbox.ts';

const WIDTHS = { x: 8, y: 4 };

/** A buffer whose stored answers are all `answer`. */
function bufferOf(entries: number, answer: number): ReplayBuffer {
  const buffer = new ReplayBuffer(40, WIDTHS, 3);
  buffer.begin({ iteration: 1, rows: entries, x: new Float32Array(entries * 8).fill(10), target: new Float32Array(entries * 4).fill(20) });
  buffer.finish({ answers: new Float32Array(entries * 4).fill(answer), errors: new Float32Array(entries), energies: new Float32Array(entries * 4) });
  return buffer;
}

function batchOf(iteration: number, changes: Parameters<typeof tiny>[0] = {}, buffer?: ReplayBuffer): MixedBatch {
  const config = tiny(changes);
  const batches = new Batches(config, openTask(config));
  batches.prepare(iteration);
  return batches.complete(iteration, buffer);
}

describe('a batch', () => {
  test('is fresh rows alone until the buffer holds a batch', () => {
    const batch = batchOf(1, {}, bufferOf(5, 7));
    expect([batch.rows, batch.replayed, batch.draw]).toEqual([6, 0, undefined]);
    expect([batch.x.length, batch.y0.length, batch.target.length]).toEqual([48, 24, 24]);
  });

  test('then has replayed rows in front and the same fresh rows behind', () => {
    const alone = batchOf(2);
    const mixed = batchOf(2, {}, bufferOf(6, 7));
    expect([mixed.rows, mixed.replayed, mixed.draw!.rows]).toEqual([12, 6, 6]);
    expect([...mixed.x.subarray(0, 48), ...mixed.y0.subarray(0, 24), ...mixed.target.subarray(0, 24)]).toEqual([...Array<number>(48).fill(10), ...Array<number>(24).fill(7), ...Array<number>(24).fill(20)]);
    expect(mixed.x.subarray(48)).toEqual(alone.x);
    expect(mixed.y0.subarray(24)).toEqual(alone.y0);
    expect(mixed.target.subarray(24)).toEqual(alone.target);
  });

  test('holds problems with their exact answers, and first answers from U(−1, 1) that have nothing to do with them', () => {
    const { x, y0, target } = batchOf(3, { batch: 200 });
    for (let row = 0; row < 200; row++) for (let i = 0; i < 4; i++) expect(target[row * 4 + i]).toBeCloseTo(x[row * 8 + i]! + x[row * 8 + 4 + i]!, 6);
    expect(Math.max(...y0.map(Math.abs))).toBeGreaterThan(0.99);
    expect(Math.max(...y0.map(Math.abs))).toBeLessThanOrEqual(1);
    const correlation = y0.reduce((sum, y, i) => sum + y * target[i]!, 0) / y0.length;
    expect(Math.abs(correlation)).toBeLessThan(0.1);
  });

  test('has a level of [0, 1) for each fresh row and a negative one for each replayed row, where the method needs them', () => {
    expect(batchOf(2).levels).toBeUndefined();
    expect(batchOf(2, { method: 'iterative-feedforward', iterative_loss: 'unrolled' }).levels).toBeUndefined();
    const alone = batchOf(2, { method: 'iterative-feedforward', batch: 200 }).levels!;
    expect(alone.every((level) => level >= 0 && level < 1)).toBe(true);
    expect(alone.reduce((a, b) => a + b) / 200).toBeCloseTo(0.5, 1);
    const { levels } = batchOf(2, { method: 'iterative-feedforward' }, bufferOf(6, 7));
    expect([...levels!.subarray(0, 6)]).toEqual(Array<number>(6).fill(-1));
    expect(levels!.subarray(6)).toEqual(batchOf(2, { method: 'iterative-feedforward' }).levels);
  });

  test('depends on seed and iteration alone', () => {
    expect(batchOf(3)).toEqual(batchOf(3));
    expect(batchOf(3).x).not.toEqual(batchOf(4).x);
    expect(batchOf(3).y0).not.toEqual(batchOf(3, { seed: 1 }).y0);
  });

  test('may be prepared while the one before it is still being computed on', () => {
    const config = tiny();
    const batches = new Batches(config, openTask(config));
    batches.prepare(1);
    const first = batches.complete(1, undefined);
    const before = structuredClone({ x: [...first.x], y0: [...first.y0], target: [...first.target] });
    batches.prepare(2);
    expect({ x: [...first.x], y0: [...first.y0], target: [...first.target] }).toEqual(before);
    expect(first.x.buffer).toBeInstanceOf(SharedArrayBuffer);
  });
});

test('the number of steps is fixed, or drawn from all of {steps_min … steps}', () => {
  expect(batchOf(1, { steps: 5 }).steps).toBe(5);
  const drawn = new Set(Array.from({ length: 60 }, (_, i) => batchOf(i + 1, { steps: 5, steps_min: 3 }).steps));
  expect([...drawn].sort()).toEqual([3, 4, 5]);
});

test('Langevin noise is standard normal, one number for each update, row and component', () => {
  expect(batchOf(1).noise).toBeUndefined();
  const { noise, steps, rows } = batchOf(1, { langevin_noise: 0.1, batch: 300 }, bufferOf(40, 0));
  expect(noise).toHaveLength(steps * rows * 4);
  const mean = noise!.reduce((sum, n) => sum + n, 0) / noise!.length;
  const variance = noise!.reduce((sum, n) => sum + n * n, 0) / noise!.length;
  expect(Math.abs(mean)).toBeLessThan(0.05);
  expect(variance).toBeGreaterThan(0.9);
  expect(variance).toBeLessThan(1.1);
});
