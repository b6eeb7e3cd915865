import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readReferences } from '../../../db/references.ts';
import { getRun } from '../../../db/runs.ts';
import type { RunConfig } from '../../../src-main/contract/config.ts';
import { encodeSafetensors } from '../../../src-main/formats/safetensors.ts';
import { openTask } from '../../../src-main/tasks/index.ts';
import { beginReferences, measureReferences } from '../../../src-main/trainer/references.ts';
import { probeProblems } from '../../../src-main/trainer/probes.ts';
import { temporaryStore } from '../../support/temporary-store.ts';
import { newRun, tiny, trainHere } from './sandbox.ts';

/** A data file with y = 3x in its first column, and noise of its own. */
function dataFile(rows = 60): string {
  const folder = mkdtempSync(join(tmpdir(), 'basin-references-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const x = Float32Array.from({ length: rows * 2 }, (_, i) => Math.sin(i * 1.7));
  const y = Float32Array.from({ length: rows * 2 }, (_, i) => (i % 2 ? 1 : 3) * x[i]!);
  writeFileSync(join(folder, 'data.safetensors'), Buffer.concat(encodeSafetensors({ x: { shape: [rows, 2], data: x }, y: { shape: [rows, 2], data: y } })));
  return join(folder, 'data.safetensors');
}

const dataset = (): RunConfig => ({ ...tiny(), task: 'dataset', data: dataFile() });

describe('trivial answers', () => {
  test('are judged on the very problems of the probe, both difficulties', () => {
    const config = tiny({ seed: 3 });
    const measured = measureReferences(config);
    expect(measured.map(({ difficulty, name }) => `${difficulty} ${name}`)).toEqual(['same zero', 'same linear-map', 'harder zero', 'harder linear-map']);
    for (const difficulty of ['same', 'harder'] as const) {
      const { y } = probeProblems(config, openTask(config), difficulty);
      const zero = y.reduce((sum, value) => sum + value ** 2, 0) / y.length;
      expect(measured.find((each) => each.difficulty === difficulty && each.name === 'zero')!.error).toBeCloseTo(zero, 6);
      expect(measured.find((each) => each.difficulty === difficulty && each.name === 'linear-map')!.error).toBe(0);
    }
  });

  test('of a data file are measured in a thread, to the same numbers', async () => {
    const config = dataset();
    const { finished } = beginReferences(config, openTask(config));
    const found = await finished;
    expect(found).toEqual(measureReferences(config));
    expect(found!.map(({ difficulty }) => difficulty)).toEqual(['same', 'same', 'same', 'same']);
    expect(found!.find(({ name }) => name === 'linear-regression')!.error).toBeLessThan(1e-6);
  });

  test('that are given up are not known, and nobody waits for them', async () => {
    const config = dataset();
    const { finished, cancel } = beginReferences(config, openTask(config));
    await cancel();
    expect(await finished).toBeUndefined();
  });
});

describe('a run', () => {
  test.each(['inverse', 'dataset'] as const)('has its trivial answers in the store when it ends, and tells its owner once: %s', async (task) => {
    const store = temporaryStore();
    const run = newRun(store, task === 'dataset' ? dataset() : tiny({ task }));
    const { events, row } = await trainHere(store, run);
    expect(row.status).toBe('finished');
    const told = events.filter((event) => event.type === 'references');
    expect(told).toHaveLength(1);
    const order = (a: { difficulty: string; name: string }, b: { difficulty: string; name: string }) => a.difficulty.localeCompare(b.difficulty) || a.name.localeCompare(b.name);
    expect([...told[0]!.references].sort(order)).toEqual(readReferences(store, run));
    expect(readReferences(store, run)).toEqual([...measureReferences(getRun(store, run).config)].sort(order));
  });

  test('that goes on does not measure them again', async () => {
    const store = temporaryStore();
    const run = newRun(store, tiny({ iterations: 200 }));
    const first = await trainHere(store, run, (event, control) => {
      if (event.type === 'ready') control.receive({ type: 'stop' });
    });
    const second = await trainHere(store, run);
    expect([first, second].map(({ events }) => events.filter(({ type }) => type === 'references').length)).toEqual([1, 0]);
  });
});
