import { describe, expect, it } from 'vitest';
import { ENGINES } from '../../../src-main/engine/types.ts';
import { candidates, engineText, plainEngine } from '../../../src-main/workbench/engine-wish.ts';
import { refusal } from './sandbox.ts';

const texts = (wish?: Parameters<typeof candidates>[0]) => candidates(wish).map(engineText);

describe('candidates', () => {
  it('are all engines when nothing is asked for, and those that fit otherwise', () => {
    expect(candidates()).toEqual(ENGINES);
    expect(candidates({ engine: 'auto' })).toEqual(ENGINES);
    expect(texts({ engine: 'eager' })).toEqual(['eager/tensorflow', 'eager/wasm', 'eager/cpu']);
    expect(texts({ device: 'cpu' })).toEqual(['compiled/cpu', 'eager/cpu']);
    expect(texts({ engine: 'compiled', device: 'webgpu' })).toEqual(['compiled/webgpu']);
  });

  it('refuses an engine that does not exist, with those that do', async () => {
    const error = await refusal(() => candidates({ engine: 'eager', device: 'webgpu' }));
    expect(error.code).toBe('usage.engine');
    expect(error.message).toContain('--engine eager does not run on --device webgpu');
    expect(error.message).toContain('eager/wasm');
  });
});

describe('plainEngine', () => {
  it('is one on the CPU where a wish allows that', () => {
    expect(engineText(plainEngine(undefined))).toBe('compiled/cpu');
    expect(engineText(plainEngine({ engine: 'eager' }))).toBe('eager/cpu');
    expect(engineText(plainEngine({ device: 'wasm' }))).toBe('eager/wasm');
    expect(engineText(plainEngine({ engine: 'compiled', device: 'cuda' }))).toBe('compiled/cuda');
  });
});
