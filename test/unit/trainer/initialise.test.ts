import { expect, test } from 'vitest';
import { methodFor } from '../../../src-main/methods/index.ts';
import { initialState } from '../../../src-main/trainer/initialise.ts';
import { tiny } from './sandbox.ts';

const specs = (changes = {}) => methodFor('irem').parameters(tiny({ hidden: 64, ...changes }), { x: 8, y: 4 });

test('parameters fill U(−1/√fan_in, 1/√fan_in) and the moments are zero', () => {
  const { values } = initialState(specs(), 1);
  for (const [name, fanIn] of [['fc1.weight', 12], ['fc1.bias', 12], ['fc2.weight', 64], ['fc3.weight', 64]] as const) {
    const bound = 1 / Math.sqrt(fanIn);
    const largest = Math.max(...values[name]!.map(Math.abs));
    expect(largest, name).toBeLessThanOrEqual(Math.fround(bound));
    expect(largest, name).toBeGreaterThan(0.85 * bound);
  }
  const weights = values['fc2.weight']!;
  // The mean of 4096 numbers from U(−b, b) has a standard deviation of b / √(3 · 4096).
  expect(Math.abs(weights.reduce((sum, w) => sum + w, 0) / weights.length)).toBeLessThan((4 * (1 / 8)) / Math.sqrt(3 * 4096));
  expect(values['adam.m.fc2.weight']).toEqual(new Float32Array(4096));
  expect(values['adam.v.fc3.bias']).toEqual(new Float32Array(1));
});

test('the seed decides them, each parameter on its own', () => {
  expect(initialState(specs(), 1)).toEqual(initialState(specs(), 1));
  expect(initialState(specs(), 1).values['fc1.weight']).not.toEqual(initialState(specs(), 2).values['fc1.weight']);
  // A wider first layer elsewhere changes nothing here.
  const wide = methodFor('irem').parameters(tiny({ hidden: 64 }), { x: 20, y: 4 });
  expect(initialState(wide, 1).values['fc2.weight']).toEqual(initialState(specs(), 1).values['fc2.weight']);
});

test('a parameter with a fixed first value has it', () => {
  const { values, shapes } = initialState(specs({ learnable_step_size: true, step_size: 50 }), 1);
  expect(values['log_step_size']![0]).toBeCloseTo(Math.log(50), 6);
  expect(shapes['adam.m.log_step_size']).toEqual([]);
});
