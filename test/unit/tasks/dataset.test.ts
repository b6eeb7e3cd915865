import { zipSync } from 'fflate';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveConfig } from '../../../src-main/contract/settings.ts';
import { encodeSafetensors } from '../../../src-main/formats/safetensors.ts';
import type { TensorToWrite } from '../../../src-main/formats/tensors.ts';
import { openTask } from '../../../src-main/tasks/index.ts';
import { createRng } from '../../../src-main/tasks/rng.ts';
import { refusal } from '../../support/refusal.ts';
import { meanSquare } from './measure.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'basin-dataset-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function save(tensors: Record<string, TensorToWrite>, name = 'problems.safetensors'): string {
  writeFileSync(join(folder, name), Buffer.concat(encodeSafetensors(tensors)));
  return join(folder, name);
}
const open = (data: string, settings: Record<string, unknown> = {}) => openTask(resolveConfig({ task: 'dataset', data, ...settings }));

/** Row i is x = [i, i, i], y = [2i, −i]. */
function counting(rows: number): { x: TensorToWrite & { data: Float32Array }; y: TensorToWrite & { data: Float32Array } } {
  return {
    x: { shape: [rows, 3], data: new Float32Array(rows * 3).map((_, i) => Math.floor(i / 3)) },
    y: { shape: [rows, 2], data: new Float32Array(rows * 2).map((_, i) => (i % 2 ? -1 : 2) * (i >> 1)) },
  };
}
const rowsOf = (x: Float32Array, width = 3) => Array.from(x).filter((_, i) => i % width === 0);

describe('a sample', () => {
  it('keeps problems and answers together, and the two splits apart and complete', () => {
    const task = open(save(counting(50)), { test_fraction: 0.2 });
    expect(task).toMatchObject({ name: 'dataset', widths: { x: 3, y: 2 }, hasHarder: false });
    const test = task.sample(createRng(1, 'a'), 10, 'same', 'test');
    const train = task.sample(createRng(1, 'a'), 40, 'same', 'train');
    for (const { x, y } of [test, train]) rowsOf(x).forEach((row, i) => expect([...y.subarray(2 * i, 2 * i + 2)]).toEqual([2 * row, -row]));
    const all = [...rowsOf(test.x), ...rowsOf(train.x)].sort((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it('repeats a row only when the split has no more', () => {
    const task = open(save(counting(20)), { test_fraction: 0.5 });
    const rows = rowsOf(task.sample(createRng(2, 'a'), 25, 'same', 'train').x);
    expect(new Set(rows.slice(0, 10)).size).toBe(10);
    expect(new Set(rows.slice(10, 20)).size).toBe(10);
    expect(rows.slice(0, 10)).not.toEqual(rows.slice(10, 20));
  });

  it('depends on its stream alone; the split depends on the seed', () => {
    const path = save(counting(60));
    const draw = (seed: number, index: number) => rowsOf(open(path, { seed, test_fraction: 0.5 }).sample(createRng(9, 'a', index), 30, 'same', 'test').x);
    expect(draw(1, 1)).toEqual(draw(1, 1));
    expect(draw(1, 1)).not.toEqual(draw(1, 2));
    expect(draw(1, 1).sort()).toEqual(draw(1, 2).sort());
    expect(draw(1, 1).sort()).not.toEqual(draw(2, 1).sort());
  });

  it('takes every row equally often', () => {
    const task = open(save(counting(20)), { test_fraction: 0.5 });
    const counts = new Map<number, number>();
    for (let i = 0; i < 4000; i++) for (const row of rowsOf(task.sample(createRng(3, 'a', i), 3, 'same', 'train').x)) counts.set(row, (counts.get(row) ?? 0) + 1);
    // 1200 expected each, standard deviation 29.
    for (const count of counts.values()) expect(Math.abs(count - 1200)).toBeLessThan(130);
    expect(counts.size).toBe(10);
  });

  it('of harder problems does not exist', () => {
    expect(refusal(() => open(save(counting(20))).sample(createRng(1, 'a'), 1, 'harder', 'test')).code).toBe('dataset.harder');
  });
});

describe('files', () => {
  it('reads float64', () => {
    const { y } = counting(20);
    const x = { shape: [20, 2], data: new Float64Array(40).map((_, i) => i / 2 + 1e-12) };
    expect(open(save({ x, y })).sample(createRng(1, 'a'), 5, 'same', 'test').x.every((value) => Number.isInteger(value * 2))).toBe(true);
  });

  it('reads .npz, whatever else the archive holds', () => {
    const npy = (header: string, data: Uint8Array) => Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), Buffer.from(Uint16Array.of(header.length).buffer), Buffer.from(header), data]);
    const floats = (shape: string, values: Float32Array) => npy(`{'descr': '<f4', 'fortran_order': False, 'shape': (${shape})}`, new Uint8Array(values.buffer));
    const { x, y } = counting(20);
    writeFileSync(join(folder, 'p.npz'), zipSync({ 'x.npy': floats('20, 3', x.data), 'y.npy': floats('20, 2', y.data), 'notes.npy': npy("{'descr': '<U1', 'fortran_order': False, 'shape': (1,)}", new Uint8Array(4)), 'readme.txt': new Uint8Array(3) }));
    const fromNpz = open(join(folder, 'p.npz'));
    const fromSafetensors = open(save({ x, y }));
    expect(fromNpz.sample(createRng(1, 'a'), 20, 'same', 'train')).toEqual(fromSafetensors.sample(createRng(1, 'a'), 20, 'same', 'train'));
  });

  const { x, y } = counting(20);
  const changed = (tensor: { shape: readonly number[]; data: Float32Array }, at: number, value: number) => ({ ...tensor, data: tensor.data.map((old, i) => (i === at ? value : old)) });
  it.each<[string, Record<string, TensorToWrite>, string, string]>([
    ['no y', { x, z: y }, 'dataset.missing', 'no array "y"; it has x, z'],
    ['nothing', {}, 'dataset.missing', 'no arrays at all'],
    ['whole numbers', { x: { shape: [20, 1], data: new BigInt64Array(20) }, y }, 'dataset.type', 'x is I64'],
    ['one dimension', { x, y: { shape: [20], data: new Float32Array(20) } }, 'dataset.dimensions', 'y has shape [20]'],
    ['three dimensions', { x: { shape: [20, 3, 1], data: x.data }, y }, 'dataset.dimensions', 'x has shape [20, 3, 1]'],
    ['rows without numbers', { x: { shape: [20, 0], data: new Float32Array(0) }, y }, 'dataset.empty', 'x has shape [20, 0]'],
    ['another number of rows', { x, y: counting(19).y }, 'dataset.rows', 'x has 20 rows and y has 19'],
    ['NaN', { x: changed(x, 3 * 7 + 2, NaN), y }, 'dataset.not-finite', 'x at row 7, column 2 (counted from 0) is NaN'],
    ['infinity', { x, y: changed(y, 2 * 19 + 1, -Infinity) }, 'dataset.not-finite', 'y at row 19, column 1 (counted from 0) is -Infinity'],
    ['numbers that float32 cannot hold', { x: { shape: [20, 1], data: new Float64Array(20).fill(1e300, 4, 5) }, y }, 'dataset.not-finite', 'row 4, column 0 (counted from 0) is 1e+300, too large'],
    ['too few rows', counting(4), 'dataset.too-few-rows', 'at least 5 are needed'],
    ['no rows', counting(0), 'dataset.too-few-rows', 'has 0 problems'],
  ])('refuses %s', (_, tensors, code, words) => {
    const path = save(tensors);
    const error = refusal(() => open(path));
    expect(error.code).toBe(code);
    expect(error.message).toContain(path);
    expect(error.message).toContain(words);
  });

  it('says how many rows are needed at any test fraction, and is content with so many', () => {
    for (const test_fraction of [0.01, 0.1, 0.5, 0.9]) {
      const needed = refusal(() => open(save(counting(1)), { test_fraction })).details!['needed'] as number;
      expect(refusal(() => open(save(counting(needed - 1)), { test_fraction })).code).toBe('dataset.too-few-rows');
      const task = open(save(counting(needed)), { test_fraction });
      for (const part of ['train', 'test'] as const) expect(task.sample(createRng(1, 'a'), 1, 'same', part).rows).toBe(1);
    }
  });

  it('refuses files that are missing, of another kind, or damaged', () => {
    expect(refusal(() => open(join(folder, 'no.npz'))).code).toBe('file.missing');
    expect(refusal(() => open(join(folder, 'table.csv'))).message).toContain('.safetensors or .npz');
    writeFileSync(join(folder, 'damaged.safetensors'), Buffer.concat(encodeSafetensors(counting(20))).subarray(0, -1));
    expect(refusal(() => open(join(folder, 'damaged.safetensors'))).code).toBe('file.truncated');
    writeFileSync(join(folder, 'damaged.npz'), 'PK');
    expect(refusal(() => open(join(folder, 'damaged.npz'))).code).toBe('file.archive');
  });
});

describe('references', () => {
  const rows = 2000;
  const names = (path: string) => open(path).references(1).map((reference) => reference.name);

  it('are fitted on training rows and hold on test rows', () => {
    const x = createRng(1, 'x').fillNormal(new Float32Array(rows * 2), 1);
    const y = createRng(1, 'noise').fillNormal(new Float32Array(rows * 2), 0.1).map((noise, i) => 3 + 2 * x[i ^ 1]! + noise);
    const task = open(save({ x: { shape: [rows, 2], data: x }, y: { shape: [rows, 2], data: y } }), { test_fraction: 0.4 });
    const test = task.sample(createRng(2, 'a'), 800, 'same', 'test');
    const errors = Object.fromEntries(task.references(1).map((reference) => [reference.name, meanSquare(reference.predict(test.x, 800), test.y)]));
    // E[(3 + 2x' + n)²] = 9 + 4; against the input x: 9 + 4 + 1; against the mean: 4; what the line leaves is the noise.
    expect(errors['zero']! / 13.01).toBeCloseTo(1, 1);
    expect(errors['copy-input']! / 14.01).toBeCloseTo(1, 1);
    expect(errors['constant-mean']! / 4.01).toBeCloseTo(1, 1);
    expect(errors['linear-regression']! / 0.01).toBeCloseTo(1, 1);
  });

  it('do not see the test rows', () => {
    const { x, y } = counting(100);
    const task = open(save({ x, y }), { test_fraction: 0.5 });
    const hidden = new Set(rowsOf(task.sample(createRng(1, 'a'), 50, 'same', 'test').x));
    const other = y.data.map((value, i) => (hidden.has(i >> 1) ? 1e6 : value));
    const predictions = (path: string) => open(path, { test_fraction: 0.5 }).references(1).map((reference) => reference.predict(new Float32Array([1, 2, 3]), 1));
    expect(predictions(save({ x, y: { shape: y.shape, data: other } }, 'other.safetensors'))).toEqual(predictions(save({ x, y })));
  });

  it('return the input only where x and y are equally wide', () => {
    const { x, y } = counting(20);
    expect(names(save({ x, y }))).toEqual(['zero', 'constant-mean', 'linear-regression']);
    expect(names(save({ x, y: x }))).toEqual(['zero', 'copy-input', 'constant-mean', 'linear-regression']);
  });

  it('leave linear regression out where only a part of many rows and columns could be used', () => {
    const columns = 1400;
    const wide = { shape: [rows, columns], data: createRng(1, 'wide').fillUniform(new Float32Array(rows * columns), -1, 1) };
    expect(names(save({ x: wide, y: wide }))).toEqual(['zero', 'copy-input', 'constant-mean']);
  });
});
