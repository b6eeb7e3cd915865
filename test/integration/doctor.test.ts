import { afterEach, describe, expect, test } from 'vitest';
import { resolveConfig } from '../../src-main/contract/settings.ts';
import { chooseEngine, examineEngines } from '../../src-main/engine/doctor.ts';
import { probeEngine, type ProbeReport } from '../../src-main/engine/probe.ts';
import { ENGINES, type EngineId } from '../../src-main/engine/types.ts';
import { SOFTWARE_GPU } from '../support/software-gpu.ts';

const shapeOf = (changes: Record<string, number>) => {
  const config = resolveConfig({ rank: 2, hidden: 16, batch: 8, steps: 3, ...changes });
  const y = config.rank ** 2;
  return { config, widths: { x: 2 * y, y } };
};
const SMALL = shapeOf({});
const COMPILED: EngineId = { engine: 'compiled', device: 'cpu' };
const WEBGPU: EngineId = { engine: 'compiled', device: 'webgpu' };
const WASM: EngineId = { engine: 'eager', device: 'wasm' };
const CPU: EngineId = { engine: 'eager', device: 'cpu' };
const PATIENT = { timeoutMs: 60_000 };

/** Variables that the probe's process inherits; put back after each test. */
const inherited = { ...process.env };
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in inherited)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, inherited);
});

describe('probing one engine', () => {
  test.each([COMPILED, WASM, CPU])('$engine/$device is right here, and is timed', async (id) => {
    const report = await probeEngine(id, SMALL, PATIENT);
    expect(report).toMatchObject({ id, usable: true, training: { atLeast: false }, reasoning: { atLeast: false } });
    expect(report.relativeError).toBeLessThan(2e-6);
    expect(report.training!.ms).toBeGreaterThan(0);
    expect(report.versions['node']).toBe(process.versions.node);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  test.runIf(process.platform === 'linux')('WebGPU without an adapter is a line with its reason', async () => {
    process.env['VK_ICD_FILENAMES'] = '/nonexistent';
    process.env['VK_DRIVER_FILES'] = '/nonexistent';
    const report = await probeEngine(WEBGPU, SMALL, PATIENT);
    expect(report).toMatchObject({ usable: false, reason: expect.stringMatching(/adapter/i), hint: expect.stringContaining('Vulkan') });
  });

  test.skipIf(!SOFTWARE_GPU)('WebGPU in software is right', async () => {
    Object.assign(process.env, SOFTWARE_GPU);
    const report = await probeEngine(WEBGPU, SMALL, PATIENT);
    expect(report).toMatchObject({ usable: true });
    expect(report.relativeError).toBeLessThan(1e-5);
  });

  test('a crash in native code is a line with its signal and last words', async () => {
    // The engine's own library is not easily made to crash; Node's, out of memory, aborts the process in the same way.
    process.env['NODE_OPTIONS'] = '--max-old-space-size=10';
    const report = await probeEngine(CPU, SMALL, PATIENT);
    expect(report).toMatchObject({ usable: false, reason: expect.stringMatching(/(SIG|code).* while starting: \S/), hint: expect.stringContaining('another engine') });
  });

  test('an engine that does not get ready in time is a line', async () => {
    const report = await probeEngine(CPU, SMALL, { timeoutMs: 20 });
    expect(report).toMatchObject({ usable: false, reason: expect.stringContaining('within 0.02 s') });
  });

  test('an engine that is right but slow is given up, with the time it has taken', async () => {
    const report = await probeEngine(CPU, shapeOf({ rank: 20, hidden: 512, batch: 512, steps: 10 }), { timeoutMs: 60_000, patienceMs: 300 });
    expect(report).toMatchObject({ usable: true, training: { atLeast: true } });
    expect(report.training!.ms).toBeGreaterThanOrEqual(299);
    expect(report.reasoning).toBeUndefined();
  });
});

test('every engine gets its line, in order, and the fastest right one is chosen', async () => {
  const started: EngineId[] = [];
  const told: ProbeReport[] = [];
  const reports = await examineEngines(SMALL, { onStart: (id) => started.push(id), onReport: (report) => told.push(report) });
  expect(reports.map(({ id }) => id)).toEqual(ENGINES);
  expect(started).toEqual(ENGINES);
  expect(told).toEqual(reports);
  for (const { usable, reason, hint, training } of reports) expect(usable ? training : reason && hint).toBeTruthy();
  const chosen = chooseEngine(reports);
  const best = Math.min(...reports.filter(({ usable }) => usable).map(({ training }) => training!.ms));
  expect(reports.find(({ id }) => id === chosen)?.training?.ms).toBe(best);
});
