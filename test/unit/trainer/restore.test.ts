import { describe, expect, test } from 'vitest';
import type { RunConfig } from '../../../src-main/contract/config.ts';
import { methodFor } from '../../../src-main/methods/index.ts';
import { openTask } from '../../../src-main/tasks/index.ts';
import type { Checkpoint } from '../../../src-main/trainer/checkpoint-file.ts';
import { freshStart, startFrom } from '../../../src-main/trainer/restore.ts';
import { tiny } from './sandbox.ts';
import { sampleCheckpoint } from './sample-checkpoint.ts';

function begin(checkpoint: Checkpoint, changes: Partial<RunConfig> = {}) {
  const config = tiny(changes);
  const { widths } = openTask(config);
  return startFrom(checkpoint, config, methodFor(config.method).parameters(config, widths), widths);
}

test('everything comes back: iteration, weights, moments, buffer', () => {
  const checkpoint = sampleCheckpoint(7);
  const start = begin(checkpoint);
  expect(start.iteration).toBe(7);
  expect(start.state).toEqual(checkpoint.state);
  expect(start.buffer!.state()).toEqual(checkpoint.replay);
});

test('a start from nothing has an empty buffer, or none where replay is off', () => {
  const fresh = (changes: Partial<RunConfig>) => {
    const config = tiny(changes);
    return freshStart(config, [], openTask(config).widths);
  };
  expect(fresh({}).buffer!.size).toBe(0);
  expect(fresh({ replay_fraction: 0 }).buffer).toBeUndefined();
  expect(fresh({ replay_capacity: 0 }).buffer).toBeUndefined();
});

describe('with other settings than it was written with', () => {
  test('a smaller capacity keeps the newest entries, replay off drops them', () => {
    const checkpoint = sampleCheckpoint(7);
    const { columns } = begin(checkpoint, { replay_capacity: 10 }).buffer!.state().living;
    expect([...columns.uid]).toEqual([...checkpoint.replay!.living.columns.uid.slice(-10)]);
    expect(begin(checkpoint, { replay_fraction: 0 }).buffer).toBeUndefined();
    expect(begin(sampleCheckpoint(7, tiny({ steps: 5 })), { steps: 2 }).buffer!.size).toBe(40);
  });

  test('λ that is now learned begins at its configured value', () => {
    const { state } = begin(sampleCheckpoint(7), { learnable_step_size: true, step_size: 3 });
    expect(state.values['log_step_size']![0]).toBeCloseTo(Math.log(3), 6);
    expect(state.values['adam.v.log_step_size']).toEqual(new Float32Array(1));
    expect(begin(sampleCheckpoint(7, tiny({ learnable_step_size: true }))).state.shapes).not.toHaveProperty('log_step_size');
  });

  test.each([
    [{ hidden: 9 }, /fc1\.weight has shape \[8, 12\] and this run needs \[9, 12\]/],
    [{ depth: 3 }, /fc3\.weight/],
    [{ rank: 3 }, /fc1\.weight/],
    [{ task: 'lowrank' }, /fc1\.weight/],
  ] as const)('%j does not fit, and the tensor is named', (changes, message) => {
    expect(() => begin(sampleCheckpoint(7), changes)).toThrow(expect.objectContaining({ code: 'checkpoint.mismatch', message: expect.stringMatching(message) }));
  });

  test('a buffer of problems of another width does not fit, even where the weights would', () => {
    const checkpoint = sampleCheckpoint(7);
    const config = tiny();
    const widths = { x: 7, y: 5 };
    expect(() => startFrom(checkpoint, config, methodFor('irem').parameters(config, widths), widths)).toThrow(expect.objectContaining({ code: 'checkpoint.mismatch', message: expect.stringContaining('replay buffer') }));
  });
});
