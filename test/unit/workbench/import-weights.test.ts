import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TensorToWrite } from '../../../src-main/formats/tensors.ts';
import { readWeights } from '../../../src-main/workbench/import-weights.ts';
import { writeTensors } from './golden-maker.ts';
import { golden, newFolder, readTensors, refusal } from './sandbox.ts';

const IREM = golden('irem-addition-r4');
const { tensors: all } = readTensors(IREM);
const WEIGHTS = Object.fromEntries(Object.entries(all).flatMap(([name, tensor]) => (name.startsWith('param.') ? [[name.slice('param.'.length), tensor as TensorToWrite]] : [])));
const TASK = { task: 'addition', rank: 4 };

const file = (tensors: Readonly<Record<string, TensorToWrite>>, metadata: Readonly<Record<string, string>> = { format: 'pt' }) => writeTensors(join(newFolder(), 'weights.safetensors'), tensors, metadata);
const prefixed = (prefix: string) => Object.fromEntries(Object.entries(WEIGHTS).map(([name, tensor]) => [`${prefix}${name}`, tensor]));

describe('readWeights', () => {
  it('takes a golden file’s parameters, and its settings from the metadata', () => {
    const { config, state } = readWeights(IREM, {});
    expect(config).toMatchObject({ method: 'irem', task: 'addition', rank: 4, hidden: 32, depth: 3, batch: 8, steps: 10, step_size: 100, learning_rate: 1e-4 });
    expect(state.values['fc2.weight']).toEqual(WEIGHTS['fc2.weight']!.data);
    expect(state.shapes['adam.m.fc1.weight']).toEqual([32, 48]);
    expect(state.values['adam.v.fc1.weight']!.every((value) => value === 0)).toBe(true);
  });

  it.each(['', 'module.', 'param.', 'module.param.'])('takes names with the prefix "%s"', (prefix) => {
    const { config, state } = readWeights(file(prefixed(prefix)), TASK);
    expect(config).toMatchObject({ hidden: 32, depth: 3, ...TASK });
    expect(state.values['fc4.bias']).toEqual(WEIGHTS['fc4.bias']!.data);
  });

  it('reads other widths and depths from the shapes', () => {
    const layer = (out: number, fanIn: number, n: number) => ({ [`fc${n}.weight`]: { shape: [out, fanIn], data: new Float32Array(out * fanIn) }, [`fc${n}.bias`]: { shape: [out], data: new Float32Array(out) } });
    const { config } = readWeights(file({ ...layer(7, 8, 1), ...layer(1, 7, 2) }), { task: 'inverse', rank: 2 });
    expect(config).toMatchObject({ hidden: 7, depth: 1 });
  });

  it('lets what was typed win over the metadata', () => {
    expect(readWeights(IREM, { step_size: 3, seed: 5 }).config).toMatchObject({ step_size: 3, seed: 5, steps: 10 });
  });

  it('takes float64 weights', () => {
    const { shape, data } = WEIGHTS['fc1.bias']!;
    const { state } = readWeights(file({ ...WEIGHTS, 'fc1.bias': { shape, data: Float64Array.from(data as Float32Array) } }), TASK);
    expect(state.values['fc1.bias']).toEqual(data);
  });

  it.each([
    ['recurrent-lowrank-r4', 'recurrent', ['inp_map.weight', 'fc3.bias', 'scale_parameter'], { recurrent_hidden: 24, hidden: 512, depth: 3 }],
    ['ponder-addition-r4-release', 'ponder', ['fc3.weight', 'fc4.weight', 'fc_map.bias', 'scale_parameter'], { hidden: 24, depth: 3 }],
    ['iterative-feedforward-addition-r4-unrolled', 'iterative-feedforward', ['fc_map.weight', 'scale_parameter'], { hidden: 24, depth: 3 }],
  ] as const)('%s: leaves out what the released class has and never uses', (name, method, extra, sizes) => {
    const { tensors, metadata } = readTensors(golden(name));
    const weights = Object.fromEntries(Object.entries(tensors).flatMap(([key, tensor]) => (key.startsWith('param.') ? [[key.slice('param.'.length), tensor as TensorToWrite]] : [])));
    const unused = Object.fromEntries(extra.map((key) => [key, { shape: [3], data: new Float32Array(3) }]));
    const { config, state } = readWeights(file({ ...weights, ...unused }), { method, task: metadata['task'], rank: 4 });
    expect(config).toMatchObject({ method, ...sizes });
    for (const [key, { data }] of Object.entries(weights)) expect(state.values[key], key).toEqual(data);
    for (const key of extra) expect(state.values).not.toHaveProperty(key);
  });

  it('asks for task and rank where nothing says them', async () => {
    const error = await refusal(() => readWeights(file(WEIGHTS), {}));
    expect(error.code).toBe('import.task');
    expect(error.message).toContain('--task and --rank');
    expect((await refusal(() => readWeights(file(WEIGHTS), { task: 'addition' }))).code).toBe('import.task');
  });

  it('names every tensor that is missing, unknown or of another shape', async () => {
    const { 'fc2.bias': _, ...rest } = WEIGHTS;
    const wrong = { ...rest, 'fc1.weight': { shape: [32, 47], data: new Float32Array(32 * 47) }, 'lstm.weight': { shape: [2], data: new Float32Array(2) } };
    const error = await refusal(() => readWeights(file(wrong), TASK));
    expect(error.code).toBe('import.tensors');
    expect(error.message).toContain('"fc2.bias" [32] is missing');
    expect(error.message).toContain('"fc1.weight" is [32, 47], and [32, 48] is needed');
    expect(error.message).toContain('"lstm.weight" [2] is unknown');
    expect(error.details).toMatchObject({ problems: { length: 3 } });
  });

  it('says which network was expected when the task does not fit', async () => {
    const error = await refusal(() => readWeights(file(WEIGHTS), { task: 'inverse', rank: 4 }));
    expect(error.message).toContain('task inverse, rank 4, hidden 32, depth 3');
    expect(error.message).toContain('"fc1.weight" is [32, 48], and [32, 32] is needed');
  });

  it('refuses a method that is not there, a name given twice, and weights that are not numbers', async () => {
    expect((await refusal(() => readWeights(file(WEIGHTS), { ...TASK, method: 'oracle' }))).message).toContain('"oracle"');
    expect((await refusal(() => readWeights(file({ ...WEIGHTS, ...prefixed('module.') }), TASK))).message).toContain('twice');
    const nan = { ...WEIGHTS, 'fc4.bias': { shape: [1], data: Float32Array.of(NaN) } };
    expect((await refusal(() => readWeights(file(nan), TASK))).message).toContain('"fc4.bias": row 0, column 0 is NaN');
    const whole = { ...WEIGHTS, 'fc4.bias': { shape: [1], data: Int32Array.of(1) } };
    expect((await refusal(() => readWeights(file(whole), TASK))).code).toBe('file.dtype');
  });

  it('refuses a setting that is out of range', async () => {
    expect((await refusal(() => readWeights(IREM, { step_size: -1 }))).code).toBe('config.value');
  });
});
