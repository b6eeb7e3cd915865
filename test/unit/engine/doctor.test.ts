import { describe, expect, test } from 'vitest';
import { chooseEngine } from '../../../src-main/engine/doctor.ts';
import type { ProbeReport, ProbeTime } from '../../../src-main/engine/probe.ts';
import { ENGINES } from '../../../src-main/engine/types.ts';

const id = (device: string) => ENGINES.find((engine) => engine.device === device)!;
const usable = (device: string, ms: number, atLeast = false): ProbeReport => ({ id: id(device), usable: true, relativeError: 1e-7, training: { ms, atLeast } satisfies ProbeTime, versions: {} });
const broken = (device: string, reason: string): ProbeReport => ({ id: id(device), usable: false, reason, hint: `mend ${device}`, versions: {} });

describe('chooseEngine', () => {
  test('takes the fastest at training, wherever it stands in the list', () => {
    expect(chooseEngine([usable('webgpu', 30), usable('tensorflow', 12), usable('wasm', 98)])).toEqual(id('tensorflow'));
  });

  test('passes over an engine with wrong numbers, however fast', () => {
    expect(chooseEngine([{ ...broken('webgpu', 'its answers are wrong'), relativeError: 0.2, training: { ms: 1, atLeast: false } }, usable('wasm', 98)])).toEqual(id('wasm'));
  });

  test('prefers a measured time to one that was given up', () => {
    expect(chooseEngine([usable('webgpu', 3000, true), usable('wasm', 4000)])).toEqual(id('wasm'));
    expect(chooseEngine([usable('webgpu', 3000, true), broken('wasm', 'missing')])).toEqual(id('webgpu'));
  });

  test('says of each engine why it cannot be used, when none can', () => {
    expect(() => chooseEngine([broken('cuda', 'no GPU'), broken('wasm', 'no file')])).toThrow(
      expect.objectContaining({ code: 'engine.none', message: expect.stringMatching(/compiled\/cuda: no GPU. mend cuda\neager\/wasm: no file. mend wasm/) }),
    );
  });
});
