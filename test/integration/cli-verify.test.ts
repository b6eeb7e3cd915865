import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from '../../src-main/formats/safetensors.ts';
import { basin, COMPILED, golden, jsonLines, newFolder } from './cli-program.ts';

const FILES = [golden('irem-addition-r4'), golden('irem-addition-r4-full-backprop')];

it('passes on the golden files of plain PyTorch, and prints five errors for each', async () => {
  const { code, stdout } = await basin(['verify', ...FILES]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^File +energies +outputs +loss +gradients +parameters +Result\n(.*passed\n){2}\nEngine compiled\/cpu, tolerance 0\.000100: all 2 passed\n$/);
});

it.each(['wasm', 'cpu'])('passes on eager/%s', async (device) => {
  const { code, stdout } = await basin(['verify', FILES[0]!, '--engine', 'eager', '--device', device, '--json']);
  expect(code).toBe(0);
  const [report] = jsonLines(stdout);
  expect(report).toMatchObject({ passed: true, engine: { engine: 'eager', device } });
  for (const { error } of report!.checks) expect(error).toBeLessThan(2e-6);
});

/** The golden file with another method in its metadata. */
function renamed(method: string): string {
  const { tensors, metadata } = decodeSafetensors(readFileSync(FILES[0]!));
  const file = join(newFolder(), `${method}.safetensors`);
  writeFileSync(file, Buffer.concat(encodeSafetensors(tensors, { ...metadata, method })));
  return file;
}

it('leaves out the energies of methods that have none', async () => {
  const { code, stdout } = await basin(['verify', golden('feedforward-inverse-r4'), golden('recurrent-lowrank-r4'), golden('ponder-addition-r4-release'), golden('iterative-feedforward-addition-r4-denoising')]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^File +energies +outputs +loss +gradients +parameters +Result\n(\S+ +–( +\d\S*){4} +passed\n){4}/);
});

it('refuses a method that is not there by name, ends with 1, and still checks the other files', async () => {
  const { code, stdout } = await basin(['verify', renamed('oracle'), FILES[0]!]);
  expect(code).toBe(1);
  expect(stdout).toContain('its method "oracle" is not in this version of Basin, which has irem, feedforward');
  expect(stdout).toMatch(/irem-addition-r4\.safetensors .* passed\n/);
  expect(stdout).toContain('1 of 2 did not pass');
});

it('ends with 1 above the tolerance, naming the tensor', async () => {
  const { tensors, metadata } = decodeSafetensors(readFileSync(FILES[0]!));
  const bent = { ...tensors, 'grad.fc2.weight': { shape: [32, 32], data: (tensors['grad.fc2.weight']!.data as Float32Array).map((value) => value * 1.01) } };
  const file = join(newFolder(), 'bent.safetensors');
  writeFileSync(file, Buffer.concat(encodeSafetensors(bent, metadata)));
  const failed = await basin(['verify', file]);
  expect(failed.code).toBe(1);
  expect(failed.stdout).toContain('FAILED: gradients (fc2.weight)');
  expect((await basin(['verify', file, '--tolerance', '0.02'])).code).toBe(0);
});

it('ends with 1 for files that are missing or no golden files', async () => {
  const { code, stdout } = await basin(['verify', '/nowhere.safetensors', '--json']);
  expect(code).toBe(1);
  expect(jsonLines(stdout)).toMatchObject([{ passed: false, error: { code: 'file.missing' } }]);
});

it('an imported golden file reasons as PyTorch does', async () => {
  const data = newFolder();
  const imported = await basin(['import-weights', FILES[0]!, ...COMPILED, '--data', data, '--json']);
  expect(imported.code).toBe(0);
  expect(jsonLines(imported.stdout)).toMatchObject([{ run: 1, config: { task: 'addition', rank: 4, hidden: 32, step_size: 100 } }]);
  const out = join(data, 'answers.safetensors');
  const { tensors } = decodeSafetensors(readFileSync(FILES[0]!));
  const input = join(data, 'problems.safetensors');
  writeFileSync(input, Buffer.concat(encodeSafetensors({ x: tensors['x']!, y0: tensors['y0']!, y: tensors['target']! })));
  expect((await basin(['reason', '1', '--input', input, '--steps', '10', '--out', out, '--data', data])).code).toBe(0);
  const ours = decodeSafetensors(readFileSync(out)).tensors;
  const outputs = tensors['outputs']!.data as Float32Array;
  (ours['answers']!.data as Float32Array).forEach((value, i) => expect(Math.abs(value - outputs[i]!)).toBeLessThan(1e-5));
  const trained = await basin(['resume', '1', '--iterations', '3', '--data', data, '--json']);
  expect(trained.code).toBe(0);
  expect(jsonLines(trained.stdout).at(-1)).toMatchObject({ status: 'finished', iteration: 3 });
});
