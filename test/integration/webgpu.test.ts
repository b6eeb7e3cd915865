import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { SOFTWARE_GPU } from '../support/software-gpu.ts';

const golden = join(import.meta.dirname, '../fixtures/golden');
const files = readdirSync(golden).filter((name) => name.startsWith('irem-'));
const basin = join(import.meta.dirname, '../../src-main/cli/main.ts');

/** In a process of its own: the driver is chosen by variables that must be there when the process starts. */
describe.skipIf(!SOFTWARE_GPU)('compiled/webgpu on a software GPU', () => {
  test('agrees with PyTorch, with state that stays on the device', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [basin, 'verify', ...files.map((name) => join(golden, name)), '--engine', 'compiled', '--device', 'webgpu', '--json'], { env: { ...process.env, ...SOFTWARE_GPU } });
    const results = stdout.trim().split('\n').map((line) => JSON.parse(line) as unknown);
    expect(results).toHaveLength(files.length);
    for (const result of results) expect(result).toMatchObject({ engine: { engine: 'compiled', device: 'webgpu' }, passed: true });
  });
});
