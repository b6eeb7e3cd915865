import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reason, type ReasonOptions } from '../../../src-main/workbench/reason.ts';
import { writeTensors } from './golden-maker.ts';
import { golden, newFolder, readTensors, refusal } from './sandbox.ts';
import { importedModel } from './trained.ts';

const { tensors } = readTensors(golden('irem-addition-r4'));
const { x, y0, target, outputs, energies } = tensors as Record<string, { shape: readonly number[]; data: Float32Array }>;

function options(input: Parameters<typeof writeTensors>[1], changes: Partial<ReasonOptions> = {}): ReasonOptions {
  const folder = newFolder();
  return { input: writeTensors(join(folder, 'in.safetensors'), input, {}), out: join(folder, 'out.safetensors'), steps: 10, seed: 0, ...changes };
}

describe('reason', () => {
  it('writes every answer and its energy: those of plain PyTorch for the same weights and first answers', async () => {
    const model = await importedModel();
    const given = options({ x: x!, y0: y0!, y: target! });
    const summary = await reason(model, given);
    const written = readTensors(given.out);
    expect(Object.entries(written.tensors).map(([name, { shape }]) => [name, shape])).toEqual(expect.arrayContaining([['answers', [11, 8, 16]], ['energies', [11, 8]], ['gradient_norms', [11, 8]], ['errors', [11, 8]]]));
    close(written.tensors['answers']!.data as Float32Array, outputs!.data);
    close((written.tensors['energies']!.data as Float32Array).subarray(0, 80), energies!.data);
    const error = (y: Float32Array) => y.reduce((sum, value, i) => sum + (value - target!.data[i]!) ** 2, 0) / y.length;
    expect(summary).toMatchObject({ rows: 8, steps: 10, stepSize: 100, iteration: 0 });
    expect(summary.error!.first).toBeCloseTo(error(y0!.data), 5);
    expect(summary.error!.last).toBeCloseTo(error(outputs!.data.subarray(-128)), 5);
    expect(written.metadata).toMatchObject({ task: 'addition', steps: '10', step_size: '100', iteration: '0' });
  });

  it.each(['feedforward-inverse-r4', 'recurrent-lowrank-r4', 'ponder-addition-r4-pondernet', 'iterative-feedforward-addition-r4-denoising'])('%s: writes the answers of plain PyTorch, and no energies', async (file) => {
    const { tensors: exact, metadata } = readTensors(golden(file));
    const given = options({ x: exact['x'] as typeof x & object, y0: exact['y0'] as typeof x & object, y: exact['target'] as typeof x & object }, { steps: Number(metadata['steps']) });
    const summary = await reason(await importedModel({}, file), given);
    expect(summary).not.toHaveProperty('energy');
    expect(summary.error!.last).toBeGreaterThan(0);
    const written = readTensors(given.out).tensors;
    expect(Object.keys(written).sort()).toEqual(['answers', 'errors']);
    close((written['answers']!.data as Float32Array).subarray(exact['y0']!.data.length), exact['outputs']!.data as Float32Array);
  });

  it('draws first answers by seed, and knows no error without exact answers', async () => {
    const model = await importedModel();
    const answers = async (seed: number) => {
      const given = options({ x: x! }, { steps: 2, seed });
      const summary = await reason(model, given);
      expect(summary.error).toBeUndefined();
      const written = readTensors(given.out);
      expect(written.tensors['errors']).toBeUndefined();
      return written.tensors['answers']!.data as Float32Array;
    };
    const [one, again, other] = [await answers(1), await answers(1), await answers(2)];
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
    expect(one.subarray(0, 128).every((value) => value >= -1 && value < 1)).toBe(true);
  });

  it('takes another step size', async () => {
    const given = options({ x: x!, y0: y0! }, { stepSize: 1e-6, steps: 3 });
    expect(await reason(await importedModel(), given)).toMatchObject({ stepSize: 1e-6 });
    close((readTensors(given.out).tensors['answers']!.data as Float32Array).subarray(-128), y0!.data);
  });

  it.each([
    [{ y: target! }, 'file.tensor', 'no tensor "x" ([any, 32] is needed)'],
    [{ x: y0! }, 'file.tensor', 'its shape is [8, 16], but [any, 32] is needed'],
    [{ x: x!, y: x! }, 'file.tensor', '"y": its shape is [8, 32], but [8, 16] is needed'],
    [{ x: x!, y0: { shape: [7, 16], data: new Float32Array(112) } }, 'file.tensor', '[8, 16] is needed'],
    [{ x: { shape: [1, 32], data: new Float32Array(32).fill(NaN) } }, 'file.value', 'row 0, column 0 is NaN'],
    [{ x: { shape: [0, 32], data: new Float32Array() } }, 'file.tensor', 'no rows'],
    [{ x: { shape: [1, 32], data: new Int32Array(32) } }, 'file.dtype', '"x": holds I32'],
  ])('refuses a file that does not fit, and writes nothing: %#', async (input, code, message) => {
    const given = options(input);
    const error = await refusal(async () => reason(await importedModel(), given));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(existsSync(given.out)).toBe(false);
  });

  it('refuses another kind of file, and a walk that is too large to keep', async () => {
    const model = await importedModel();
    expect((await refusal(() => reason(model, { ...options({ x: x! }), input: '/problems.csv' }))).code).toBe('reason.format');
    expect((await refusal(() => reason(model, options({ x: x! }, { steps: 100_000_000 })))).message).toContain('GiB');
  });
});

function close(ours: Float32Array, exact: Float32Array): void {
  expect(ours.length).toBe(exact.length);
  const worst = ours.reduce((most, value, i) => Math.max(most, Math.abs(value - exact[i]!)), 0);
  expect(worst).toBeLessThan(1e-5);
}
