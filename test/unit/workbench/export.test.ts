import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../../db/open.ts';
import { writeProbe } from '../../../db/probes.ts';
import { createRun, getRun } from '../../../db/runs.ts';
import { writeSeries } from '../../../db/series.ts';
import { resolveConfig } from '../../../src-main/contract/settings.ts';
import { decodeSafetensors } from '../../../src-main/formats/safetensors.ts';
import { exportRun } from '../../../src-main/workbench/export.ts';
import { readWeights } from '../../../src-main/workbench/import-weights.ts';
import type { ExportFormat } from '../../../src-main/workbench/export-format.ts';
import { golden, newFolder, readTensors, refusal } from './sandbox.ts';
import { importedRun } from './trained.ts';

/** A run with weights, three iterations of metrics (one not finite, one missing) and a probe. */
async function recorded() {
  const { store, run } = await importedRun();
  writeSeries(store, run.id, [
    { metric: 'loss', first: 1, values: Float64Array.of(0.5, NaN, 0.25) },
    { metric: 'energy/2', first: 1, values: Float64Array.of(1, 2, 3) },
    { metric: 'energy/10', first: 1, values: Float64Array.of(-1, -2, -Infinity) },
    { metric: 'memory', first: 3, values: Float64Array.of(1e9) },
  ]);
  writeProbe(store, run.id, {
    iteration: 2, difficulty: 'same', steps: 1, problems: 2, answersKept: 1,
    energies: Float32Array.of(4, 6, 1, 2), errors: Float32Array.of(0.5, 0.25, 0.125, 0.375), gradientNorms: Float32Array.of(1, 1, 1, 1), answers: Float32Array.of(7, 8),
  });
  return { store, run: getRun(store, run.id) };
}

async function bytesOf(format: ExportFormat): Promise<Buffer> {
  const { store, run } = await recorded();
  return Buffer.concat(exportRun(store, run, format));
}

describe('exportRun', () => {
  it('csv: a line an iteration, empty where nothing was measured, NaN where it was', async () => {
    expect((await bytesOf('csv')).toString()).toBe(
      [
        'iteration,energy/2,energy/10,loss,memory,probe/same/energy,probe/same/error',
        '1,1,-1,0.5,,,',
        '2,2,-2,NaN,,1.5,0.25',
        '3,3,-Infinity,0.25,1000000000,,',
        '',
      ].join('\n'),
    );
  });

  it('csv: needs no checkpoint file', async () => {
    const { store, run } = await recorded();
    store.write('UPDATE checkpoints SET sha256 = ? WHERE run = ?', 'not that of the file', run.id);
    expect(Buffer.concat(exportRun(store, run, 'csv')).toString()).toContain('iteration,energy/2');
    expect(() => exportRun(store, run, 'json')).toThrow(/checkpoint/i);
  });

  it('json: everything, with numbers that JSON has not as strings', async () => {
    const data = JSON.parse((await bytesOf('json')).toString()) as { parameters: { tensors: object } };
    expect(data).toMatchObject({
      run: { id: 1, status: 'stopped' },
      config: { task: 'addition', rank: 4 },
      metrics: { loss: { iterations: [1, 2, 3], values: [0.5, 'NaN', 0.25] }, 'energy/10': { values: [-1, -2, '-Infinity'] } },
      probes: [{ iteration: 2, difficulty: 'same', meanErrors: [0.375, 0.25] }],
      parameters: { iteration: 0, tensors: { 'fc4.bias': { shape: [1], data: [expect.any(Number)] } } },
    });
    expect(Object.keys(data.parameters.tensors)).toHaveLength(8);
  });

  it('safetensors: parameters under PyTorch names, metrics, probes and the configuration', async () => {
    const { tensors, metadata } = decodeSafetensors(await bytesOf('safetensors'));
    const original = readTensors(golden('irem-addition-r4')).tensors;
    for (const name of Object.keys(original).filter((each) => each.startsWith('param.'))) expect(tensors[name]).toEqual(original[name]);
    expect(tensors['metric.loss']!.data).toEqual(Float64Array.of(0.5, NaN, 0.25));
    expect(tensors['metric.memory.iterations']!.data).toEqual(Float64Array.of(3));
    expect(tensors['probe.2.same.errors']).toMatchObject({ shape: [2, 2] });
    expect(tensors['probe.2.same.answers']).toMatchObject({ shape: [2, 1, 1], data: Float32Array.of(7, 8) });
    expect(Object.keys(tensors).some((name) => name.includes('adam'))).toBe(false);
    expect(JSON.parse(metadata['config']!)).toMatchObject({ hidden: 32 });
  });

  it.each(['recurrent-lowrank-r4', 'ponder-addition-r4-release'])('%s: has no energies of a probe, and reads back as the same network', async (name) => {
    const { store, run } = await importedRun({}, name);
    const none = new Float32Array(0);
    writeSeries(store, run.id, [{ metric: 'loss', first: 1, values: Float64Array.of(3) }]);
    writeProbe(store, run.id, { iteration: 0, difficulty: 'same', steps: 1, problems: 1, answersKept: 0, energies: none, errors: Float32Array.of(2, 1), gradientNorms: none, answers: none });
    expect(Buffer.concat(exportRun(store, run, 'csv')).toString()).toBe('iteration,loss,probe/same/error\n0,,1\n1,3,\n');
    const file = join(newFolder(), 'exported.safetensors');
    writeFileSync(file, Buffer.concat(exportRun(store, run, 'safetensors')));
    expect(Object.keys(readTensors(file).tensors).filter((each) => each.startsWith('probe.'))).toEqual(['probe.0.same.errors']);
    const [again, original] = [readWeights(file, {}), readWeights(golden(name), {})];
    expect(again.config).toEqual(run.config);
    expect(again.state).toEqual(original.state);
  });

  it('refuses a run that has nothing', async () => {
    const store = openStore(newFolder());
    onTestFinished(() => store.close());
    const run = getRun(store, createRun(store, { config: resolveConfig({}), engine: 'compiled', device: 'cpu', versions: {} }));
    expect((await refusal(() => exportRun(store, run, 'csv'))).code).toBe('export.empty');
  });
});
