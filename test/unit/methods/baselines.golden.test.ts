import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EngineId } from '../../../src-main/engine/types.ts';
import { verifyGolden } from '../../../src-main/workbench/verify.ts';

/** Written by plain PyTorch in float64: the release's files and those of make-baselines.py. */
const folder = join(import.meta.dirname, '../../fixtures/golden');
const files = readdirSync(folder).filter((name) => name.endsWith('.safetensors') && !name.includes('irem'));
/** The energy on graphs: of the same kind as the others of `graph-`. */
const graphIrem = join(folder, 'graph-irem.safetensors');
const engines: EngineId[] = [
  { engine: 'compiled', device: 'cpu' },
  { engine: 'eager', device: 'cpu' },
  { engine: 'eager', device: 'wasm' },
];

/** Numbers grow from layer to layer on untrained graphs: float32 keeps fewer digits of them. */
const toleranceOf = (file: string) => (file.startsWith('graph-') ? 1e-4 : 1e-5);

describe.each(engines)('baselines on $engine/$device', (id) => {
  it('the energy of graphs agrees, each graph computed by itself', async () => {
    for await (const report of verifyGolden([graphIrem], id, 1e-5)) {
      expect(report.error, report.error?.message).toBeUndefined();
      for (const check of report.checks) expect(check.error, `${check.quantity} ${check.tensor}`).toBeLessThan(1e-4);
    }
  });

  it.each(files)('agree with PyTorch: %s', async (file) => {
    for await (const report of verifyGolden([join(folder, file)], id, toleranceOf(file))) {
      expect(report.error, report.error?.message).toBeUndefined();
      expect(report.checks.map(({ quantity }) => quantity)).toEqual(['outputs', 'loss', 'gradients', 'parameters']);
      for (const check of report.checks) expect(check.error, `${check.quantity} ${check.tensor}`).toBeLessThan(toleranceOf(file));
    }
  });
});
