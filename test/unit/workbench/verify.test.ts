import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EngineId } from '../../../src-main/engine/types.ts';
import type { TensorToWrite } from '../../../src-main/formats/tensors.ts';
import { QUANTITIES, verifyGolden, type GoldenReport } from '../../../src-main/workbench/verify.ts';
import { makeGolden, writeTensors, type GoldenSize } from './golden-maker.ts';
import { COMPILED, golden, newFolder, readTensors } from './sandbox.ts';

async function verify(file: string, { tolerance = 1e-4, engine = COMPILED }: { tolerance?: number; engine?: EngineId } = {}): Promise<GoldenReport> {
  for await (const report of verifyGolden([file], engine, tolerance)) return report;
  throw new Error('no report');
}

const IREM = golden('irem-addition-r4');

/** The golden file with some tensors changed; undefined removes one. */
function changed(changes: Readonly<Record<string, TensorToWrite | undefined>>, metadata: Readonly<Record<string, string>> = {}): string {
  const original = readTensors(IREM);
  const tensors = Object.entries({ ...original.tensors, ...changes }).filter((entry): entry is [string, TensorToWrite] => entry[1] !== undefined);
  return writeTensors(join(newFolder(), 'changed.safetensors'), Object.fromEntries(tensors), { ...original.metadata, ...metadata });
}

const scaled = ({ shape, data }: TensorToWrite, by: number): TensorToWrite => ({ shape, data: Float32Array.from(data as Float32Array, (value) => value * by) });

describe('golden files of plain PyTorch', () => {
  it.each(['irem-addition-r4', 'irem-addition-r4-full-backprop'])('%s: every quantity agrees', async (name) => {
    const report = await verify(golden(name));
    expect(report).toMatchObject({ passed: true, method: 'irem' });
    expect(report.checks.map(({ quantity }) => quantity)).toEqual(QUANTITIES);
    for (const { error } of report.checks) expect(error).toBeLessThan(2e-6);
  });

  it('agree on an eager engine too', async () => {
    expect(await verify(IREM, { engine: { engine: 'eager', device: 'cpu' }, tolerance: 2e-6 })).toMatchObject({ passed: true });
  });

  it('refuses a method that is not there by name', async () => {
    const report = await verify(changed({}, { method: 'oracle' }));
    expect(report).toMatchObject({ passed: false, error: { code: 'golden.method' } });
    expect(report.error!.message).toContain('"oracle"');
  });
});

const SIZES: readonly GoldenSize[] = [
  { x: 3, y: 2, hidden: 5, depth: 2, rows: 4, steps: 3, stepSize: 0.7, learningRate: 1e-2, iterations: 3, backprop: 'last-step' },
  { x: 1, y: 4, hidden: 3, depth: 1, rows: 1, steps: 1, stepSize: 12.5, learningRate: 1e-3, iterations: 3, backprop: 'last-step' },
  { x: 2, y: 3, hidden: 6, depth: 4, rows: 5, steps: 7, stepSize: 2, learningRate: 1e-3, iterations: 2, backprop: 'full' },
];

describe('files never seen before', () => {
  it.each(SIZES)('agree with plain float64: x $x, y $y, hidden $hidden, depth $depth, N $steps, λ $stepSize, $backprop', async (size) => {
    const { tensors, metadata } = makeGolden(size, 1);
    const report = await verify(writeTensors(join(newFolder(), 'new.safetensors'), tensors, metadata));
    expect(report.error).toBeUndefined();
    for (const { quantity, error } of report.checks) expect({ quantity, error, close: error < 2e-5 }).toMatchObject({ close: true });
    expect(report).toMatchObject({ passed: true, steps: size.steps, backprop: size.backprop });
  });

  it('may have their tensors in any order', async () => {
    const { tensors, metadata } = readTensors(IREM);
    const reversed = Object.fromEntries(Object.entries(tensors).reverse());
    expect(await verify(writeTensors(join(newFolder(), 'reversed.safetensors'), reversed, metadata))).toMatchObject({ passed: true });
  });
});

describe('what is wrong', () => {
  const { tensors } = readTensors(IREM);

  it.each([
    ['energies', 'energies', 'of reasoning'],
    ['outputs', 'outputs', 'of reasoning'],
    ['losses', 'loss', 'of 3 iterations'],
    ['grad.fc2.bias', 'gradients', 'fc2.bias'],
    ['after3.fc3.weight', 'parameters', 'fc3.weight'],
  ])('%s off by a thousandth fails its quantity alone and is named', async (name, quantity, tensor) => {
    const report = await verify(changed({ [name]: scaled(tensors[name]!, 1.001) }));
    expect(report.passed).toBe(false);
    expect(report.checks.filter(({ passed }) => !passed)).toMatchObject([{ quantity, tensor }]);
    const { error } = report.checks.find((check) => check.quantity === quantity)!;
    expect(error).toBeCloseTo(0.001, 5);
  });

  it('the tolerance decides', async () => {
    const file = changed({ losses: scaled(tensors['losses']!, 1.001) });
    expect(await verify(file, { tolerance: 2e-3 })).toMatchObject({ passed: true });
  });

  it('a NaN never passes', async () => {
    const report = await verify(changed({ losses: { shape: [3], data: Float32Array.of(NaN, 1, 1) } }), { tolerance: 1e9 });
    expect(report).toMatchObject({ passed: false });
  });

  it('golden zeros are compared by size, not divided by', async () => {
    const report = await verify(changed({ 'grad.fc1.bias': scaled(tensors['grad.fc1.bias']!, 0) }));
    const check = report.checks.find(({ quantity }) => quantity === 'gradients')!;
    expect(check).toMatchObject({ tensor: 'fc1.bias', absolute: true, passed: false });
    expect(Number.isFinite(check.error)).toBe(true);
  });

  it('a parameter for which golden has no gradient must get none', async () => {
    const report = await verify(changed({ 'grad.fc1.bias': undefined }));
    expect(report.checks.find(({ quantity }) => quantity === 'gradients')).toMatchObject({ tensor: 'fc1.bias', absolute: true, passed: false });
    // The last bias has none in the file, and zeros say the same.
    expect(await verify(changed({ 'grad.fc4.bias': { shape: [1], data: new Float32Array(1) } }))).toMatchObject({ passed: true });
  });

  it.each([
    ['energies', 'file.tensor', 'no tensor "energies" ([10, 8] is needed)'],
    ['param.fc2.bias', 'file.tensor', 'no tensor "param.fc2.bias" ([32] is needed)'],
    ['after3.fc1.weight', 'file.tensor', 'no tensor "after3.fc1.weight" ([32, 48] is needed)'],
    ['target', 'file.tensor', 'no tensor "target" ([8, 16] is needed)'],
  ])('a file without %s is refused by name', async (name, code, message) => {
    const report = await verify(changed({ [name]: undefined }));
    expect(report).toMatchObject({ passed: false, error: { code, message: expect.stringContaining(message) as string } });
  });

  it('another shape, a missing field and another kind of file are refused with what they are', async () => {
    expect((await verify(changed({ outputs: tensors['energies'] }))).error!.message).toContain('"outputs": its shape is [10, 8], but [11, 8, 16] is needed');
    expect((await verify(changed({}, { steps: 'ten' }))).error!.message).toContain('"steps" as a number, not "ten"');
    expect((await verify(changed({}, { backprop: 'some' }))).error!.message).toContain('last-step, full');
    const weights = writeTensors(join(newFolder(), 'weights.safetensors'), { 'fc1.weight': { shape: [1, 1], data: new Float32Array(1) } }, {});
    expect((await verify(weights)).error).toMatchObject({ code: 'golden.metadata' });
    expect((await verify('/nowhere/file.safetensors')).error).toMatchObject({ code: 'file.missing' });
  });
});
