import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test } from 'vitest';
import { createEagerEngine } from '../../../src-main/engine/eager/engine.ts';
import { checkGolden, TOLERANCE } from '../../../src-main/engine/golden/check.ts';
import type { Engine } from '../../../src-main/engine/types.ts';
import type { Step } from '../../../src-main/methods/types.ts';

const DEVICES = ['cpu', 'wasm'] as const;
const open: Engine[] = [];

async function engineOn(device: (typeof DEVICES)[number]): Promise<Engine> {
  const engine = await createEagerEngine(device);
  open.push(engine);
  return engine;
}
afterEach(async () => {
  for (const engine of open.splice(0)) await engine.dispose();
});

const error = (code: string, text: string): Error => expect.objectContaining({ code, message: expect.stringContaining(text) }) as Error;

/** total ← total + a·scale; tells the total it found. */
const accumulate: Step = {
  name: 'accumulate',
  inputs: { a: [2], scale: [] },
  state: { total: [2] },
  run: ({ a, scale, total }) => ({ total: tf.add(total!, tf.mul(a!, scale!)), before: total! }),
};

describe.each(DEVICES)('eager/%s', (device) => {
  test('computes the stored answer', async () => {
    expect(await checkGolden(await engineOn(device))).toBeLessThan(2e-6);
  });

  test('fails the stored answer when a second derivative is off by a hundredth', async () => {
    const engine = await engineOn(device);
    const off = (dy: Tensor | Tensor[], [x]: Tensor[]) => ({ x: () => tf.mul(dy as Tensor, tf.mul(1.01, tf.mul(tf.sigmoid(x!), tf.sigmoid(tf.neg(x!))))) });
    tf.registerGradient({ kernelName: tf.Sigmoid, inputsToSave: ['x'], gradFunc: off });
    expect(await checkGolden(engine)).toBeGreaterThan(10 * TOLERANCE);
  });

  test('repeats a stage, feeds it slice by slice and stacks its outputs', async () => {
    const engine = await engineOn(device);
    await engine.setState({ total: Float32Array.of(1, 2) }, { total: [2] });
    const program = await engine.prepare([{ step: accumulate, repeated: true, perRepetition: ['a'] }]);
    const out = await program.run({ a: Float32Array.of(1, 1, 10, 20, 0, 5), scale: Float32Array.of(2) }, 3);
    expect([...out['before']!]).toEqual([1, 2, 3, 4, 23, 44]);
    expect([...(await engine.getState(['total']))['total']!]).toEqual([23, 54]);
    expect(await program.run({ a: new Float32Array(), scale: Float32Array.of(2) }, 0)).toEqual({});
  });

  test('runs stages in order: a later one sees the state that an earlier one wrote', async () => {
    const engine = await engineOn(device);
    const begin: Step = { name: 'begin', inputs: { a: [2] }, state: { total: [2] }, run: ({ a }) => ({ total: a! }) };
    const program = await engine.prepare([{ step: begin }, { step: accumulate, repeated: true }]);
    const feeds = { a: Float32Array.of(1, 2), scale: Float32Array.of(1) };
    const first = await program.run(feeds, 2);
    // The state shares nothing with the caller's array, although the step returned its input.
    feeds.a.fill(7);
    expect([...first['before']!]).toEqual([1, 2, 2, 4]);
    expect([...(await engine.getState(['total']))['total']!]).toEqual([3, 6]);
  });

  test('takes a tensor returned under two names, and gives arrays that later runs leave alone', async () => {
    const engine = await engineOn(device);
    const twice: Step = { name: 'twice', inputs: { a: [2] }, state: { p: [2], q: [2] }, run: ({ a }) => ({ p: a!, q: a!, out: a! }) };
    const program = await engine.prepare([{ step: twice }]);
    const first = await program.run({ a: Float32Array.of(1, 2) });
    await program.run({ a: Float32Array.of(3, 4) });
    expect([...first['out']!]).toEqual([1, 2]);
    expect(await engine.getState(['p', 'q'])).toEqual({ p: Float32Array.of(3, 4), q: Float32Array.of(3, 4) });
  });

  test('reads feeds on shared memory', async () => {
    const engine = await engineOn(device);
    const program = await engine.prepare([{ step: { name: 'double', inputs: { a: [2] }, state: {}, run: ({ a }) => ({ out: tf.mul(a!, 2) }) } }]);
    const shared = new Float32Array(new SharedArrayBuffer(8));
    shared.set([3, 4]);
    expect([...(await program.run({ a: shared }))['out']!]).toEqual([6, 8]);
  });

  test('keeps the number of tensors flat', async () => {
    const engine = await engineOn(device);
    await engine.setState({ w: Float32Array.of(0.1, 0.2) }, { w: [2] });
    const learn: Step = {
      name: 'learn',
      inputs: { a: [2] },
      state: { w: [2] },
      run: ({ a, w }) => ({ w: tf.sub(w!, tf.grad((v) => tf.sum(tf.grad((u) => tf.sum(tf.mul(u, tf.sigmoid(tf.mul(u, v)))))(a!)))(w!)) }),
    };
    const program = await engine.prepare([{ step: learn, repeated: true }]);
    await program.run({ a: Float32Array.of(1, 2) }, 3);
    const before = await engine.memory();
    await program.run({ a: Float32Array.of(1, 2) }, 50);
    expect(await engine.memory()).toEqual(before);
  });

  test('does not block the process between repetitions, and answers in the order of asking', async () => {
    const engine = await engineOn(device);
    await engine.setState({ total: Float32Array.of(0, 0) }, { total: [2] });
    const program = await engine.prepare([{ step: accumulate, repeated: true }]);
    const order: string[] = [];
    const ran = program.run({ a: Float32Array.of(1, 1), scale: Float32Array.of(1) }, 5).then(() => order.push('ran'));
    const read = engine.getState(['total']).then(({ total }) => order.push(`read ${total![0]}`));
    setImmediate(() => setImmediate(() => order.push('turn')));
    await Promise.all([ran, read]);
    expect(order).toEqual(['turn', 'ran', 'read 5']);
  });

  test('refuses feeds and state that do not fit, by name', async () => {
    const engine = await engineOn(device);
    const program = await engine.prepare([{ step: accumulate }]);
    const scale = Float32Array.of(1);
    await expect(program.run({ scale })).rejects.toThrow(error('engine.feed', '"a"'));
    await expect(program.run({ a: Float32Array.of(1), scale })).rejects.toThrow(error('engine.feed', '1 numbers'));
    await expect(program.run({ a: Float32Array.of(1, 2), scale, b: scale })).rejects.toThrow(error('engine.feed', '"b"'));
    await expect(program.run({ a: Float32Array.of(1, 2), scale })).rejects.toThrow(error('engine.state', '"total"'));
    await engine.setState({ total: new Float32Array(3) }, { total: [3] });
    await expect(program.run({ a: Float32Array.of(1, 2), scale })).rejects.toThrow(error('engine.state', '[3]'));
    await expect(engine.getState(['nothing'])).rejects.toThrow(error('engine.state', '"nothing"'));
    await expect(engine.setState({ total: new Float32Array(3) }, { total: [2] })).rejects.toThrow(error('engine.state', '3 numbers'));
  });

  test('takes over nothing from a step that fails', async () => {
    const engine = await engineOn(device);
    await engine.setState({ total: Float32Array.of(1, 2) }, { total: [2] });
    const before = await engine.memory();
    const failing: Step = { name: 'failing', inputs: {}, state: { total: [2] }, run: ({ total }) => ({ total: tf.mul(total!, 2), out: tf.matMul(total!, total!) }) };
    await expect((await engine.prepare([{ step: failing }])).run({})).rejects.toThrow('matMul');
    expect(await engine.memory()).toEqual(before);
    expect([...(await engine.getState(['total']))['total']!]).toEqual([1, 2]);
  });

  test('is over after it was closed', async () => {
    const engine = await engineOn(device);
    await engine.dispose();
    await expect(engine.getState([])).rejects.toThrow(error('engine.ended', 'closed'));
  });
});

test('two engines on different backends work side by side', async () => {
  const [a, b] = [await engineOn('cpu'), await engineOn('wasm')];
  const results = await Promise.all([a, b].map((engine) => checkGolden(engine)));
  for (const result of results) expect(result).toBeLessThan(2e-6);
});

test('names the kernel that a backend lacks', async () => {
  const engine = await engineOn('wasm');
  const sums: Step = { name: 'sums', inputs: { a: [2, 2] }, state: {}, run: ({ a }) => ({ out: tf.einsum('ij,kj->ik', a!, a!) }) };
  const program = await engine.prepare([{ step: sums }]);
  await expect(program.run({ a: new Float32Array(4) })).rejects.toThrow(error('engine.kernel', 'sums needs the kernel Einsum'));
});

test('wasm leaves no listeners of its own on the process', async () => {
  const rethrows = () => [...process.listeners('uncaughtException'), ...process.listeners('unhandledRejection')].filter((listener) => /throw (ex|reason)/.test(String(listener)));
  await engineOn('wasm');
  expect(rethrows()).toEqual([]);
});

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}

test.skipIf(isInstalled('@tensorflow/tfjs-node-gpu'))('tensorflow without its package is unavailable, with reason and hint', async () => {
  const refusal = { code: 'engine.unavailable', details: { reason: "Cannot find module '@tensorflow/tfjs-node-gpu'", hint: expect.stringContaining('npm install') } };
  await expect(createEagerEngine('tensorflow')).rejects.toThrow(expect.objectContaining(refusal));
});
