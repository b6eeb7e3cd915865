import { describe, expect, it } from 'vitest';
import { asFloat32, requireFinite, requireFloats } from '../../../src-main/workbench/float-tensors.ts';
import { refusal } from './sandbox.ts';

const F32 = { dtype: 'F32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) } as const;

describe('requireFloats', () => {
  it('gives the numbers of a tensor of the right shape, any size where asked', () => {
    expect(requireFloats({ x: F32 }, 'x', [2, 3], 'f')).toBe(F32.data);
    expect(requireFloats({ x: F32 }, 'x', [-1, 3], 'f')).toBe(F32.data);
  });

  it('names what is missing and what there is', async () => {
    expect((await refusal(() => requireFloats({ a: F32, b: F32 }, 'x', [-1, 3], 'p.npz'))).message).toBe('p.npz has no tensor "x" ([any, 3] is needed); it has a, b');
    expect((await refusal(() => requireFloats({}, 'x', [3], 'p.npz'))).message).toContain('none at all');
  });

  it.each([[[2, 4]], [[6]], [[2, 3, 1]]])('refuses another shape than %j', async (shape) => {
    const error = await refusal(() => requireFloats({ x: F32 }, 'x', shape, 'f'));
    expect(error.code).toBe('file.tensor');
    expect(error.message).toContain('its shape is [2, 3]');
  });
});

describe('asFloat32', () => {
  it('rounds float64 and refuses what is not floating-point', async () => {
    expect(asFloat32({ dtype: 'F64', shape: [1], data: Float64Array.of(0.1) }, 'x', 'f')).toEqual(Float32Array.of(0.1));
    expect((await refusal(() => asFloat32({ dtype: 'I64', shape: [1], data: BigInt64Array.of(1n) }, 'x', 'f'))).message).toContain('"x": holds I64');
  });
});

describe('requireFinite', () => {
  it('names row and column of the first number that is not finite', async () => {
    requireFinite(F32.data, 3, 'x', 'f');
    expect((await refusal(() => requireFinite(Float32Array.of(1, 2, 3, 4, NaN, Infinity), 3, 'x', 'f'))).message).toContain('row 1, column 1 is NaN');
  });
});
