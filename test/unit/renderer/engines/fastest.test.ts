import { expect, it } from 'vitest';
import type { EngineReport } from '../../../../src-main/contract/api/app.ts';
import { byUse, fastestOf } from '../../../../src-renderer/features/engines/fastest.ts';

const report = (device: 'cpu' | 'cuda' | 'wasm' | 'webgpu', ms?: number, atLeast = false): EngineReport => ({ id: { engine: 'compiled', device }, usable: ms !== undefined, versions: {}, ...(ms === undefined ? {} : { training: { ms, atLeast } }) });

it('the fastest engine is one that was measured', () => {
  expect(fastestOf([report('cuda'), report('cpu', 5), report('wasm', 30)])).toBe('compiled/cpu');
  expect(fastestOf([report('webgpu', 1, true), report('cpu', 5)])).toBe('compiled/cpu');
  expect(fastestOf([report('cuda')])).toBeUndefined();
});
it('usable engines come first, the fastest in front', () => {
  expect(byUse([report('cuda'), report('wasm', 30), report('cpu', 5)]).map(({ id }) => id.device)).toEqual(['cpu', 'wasm', 'cuda']);
});
