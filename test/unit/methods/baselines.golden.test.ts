import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EngineId } from '../../../src-main/engine/types.ts';
import { verifyGolden } from '../../../src-main/workbench/verify.ts';

/** Written by plain PyTorch in float64: the release's files and those of make-baselines.py. */
const folder = join(import.meta.dirname, '../../fixtures/golden');
const files = readdirSync(folder).filter((name) => name.endsWith('.safetensors') && !name.startsWith('irem-'));
const engines: EngineId[] = [
  { engine: 'compiled', device: 'cpu' },
  { engine: 'eager', device: 'cpu' },
  { engine: 'eager', device: 'wasm' },
];

describe.each(engines)('baselines on $engine/$device', (id) => {
  it.each(files)('agree with PyTorch: %s', async (file) => {
    for await (const report of verifyGolden([join(folder, file)], id, 1e-5)) {
      expect(report.error, report.error?.message).toBeUndefined();
      expect(report.checks.map(({ quantity }) => quantity)).toEqual(['outputs', 'loss', 'gradients', 'parameters']);
      for (const check of report.checks) expect(check.error, `${check.quantity} ${check.tensor}`).toBeLessThan(1e-5);
    }
  });
});
