import fc from 'fast-check';
import { zipSync } from 'fflate';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BasinError } from '../../../src-main/contract/errors.ts';
import { decodeNpz } from '../../../src-main/formats/npz.ts';
import { refusal } from '../../support/refusal.ts';

/**
 * Written by NumPy 2.4:
 *   x = np.arange(6, dtype="f4").reshape(2, 3) / 4
 *   np.savez("savez.npz", x=x, y=np.asfortranarray(np.arange(4, dtype="f8").reshape(2, 2)),
 *     half=np.array([1.5, -2, 65504, 6e-8], "f2"), cube=np.asfortranarray(np.arange(24, dtype="i8").reshape(2, 3, 4)),
 *     flags=np.array([True, False]), scalar=np.float32(2.5))   # and savez_compressed
 *   np.savez("refused.npz", big=x.astype(">f4"), text=np.array(["a"]), pairs=np.zeros(2, "c8"), fields=np.zeros(2, [("a", "<f4")]))
 */
const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../fixtures/numpy/${name}.npz`, import.meta.url)));

describe.each(['savez', 'savez_compressed'])('numpy.%s', (name) => {
  it('reads every array, Fortran order included', () => {
    const { tensors, names } = decodeNpz(fixture(name));
    expect(names).toEqual(['x', 'y', 'half', 'cube', 'flags', 'scalar']);
    expect(tensors).toEqual({
      x: { dtype: 'F32', shape: [2, 3], data: new Float32Array([0, 0.25, 0.5, 0.75, 1, 1.25]) },
      y: { dtype: 'F64', shape: [2, 2], data: new Float64Array([0, 1, 2, 3]) },
      half: { dtype: 'F16', shape: [4], data: new Float32Array([1.5, -2, 65504, 2 ** -24]) },
      cube: { dtype: 'I64', shape: [2, 3, 4], data: new BigInt64Array(Array.from({ length: 24 }, (_, i) => BigInt(i))) },
      flags: { dtype: 'BOOL', shape: [2], data: new Uint8Array([1, 0]) },
      scalar: { dtype: 'F32', shape: [], data: new Float32Array([2.5]) },
    });
  });

  it('unpacks only what is wanted', () => {
    const { tensors, names } = decodeNpz(fixture(name), 'a.npz', ['y', 'absent']);
    expect(Object.keys(tensors)).toEqual(['y']);
    expect(names).toContain('x');
  });
});

it.each([
  ['big', 'file.byte-order', ">f4"],
  ['text', 'file.dtype', '<U1'],
  ['pairs', 'file.dtype', '<c8'],
  ['fields', 'file.dtype', '(a, <f4)'],
])('refuses the array "%s" by name', (name, code, words) => {
  const error = refusal(() => decodeNpz(fixture('refused'), 'refused.npz', [name]));
  expect(error.code).toBe(code);
  expect(error.message).toContain(`refused.npz, array "${name}"`);
  expect(error.message).toContain(words);
});

describe('damage', () => {
  it.each([
    ['nothing', new Uint8Array(0)],
    ['text', new TextEncoder().encode('this is not a zip archive, whatever its name says')],
    ['half an archive', fixture('savez').slice(0, 800)],
    ['a flipped bit in an array', fixture('savez').map((byte, i) => (i === 200 ? byte ^ 1 : byte))],
  ])('refuses %s', (_, bytes) => {
    const error = refusal(() => decodeNpz(bytes, 'a.npz'));
    expect(error.code).toBe('file.archive');
    expect(error.message).toContain('a.npz');
  });

  it('refuses a directory that claims absurd sizes before it makes room for them', () => {
    const bytes = zipSync({ 'x.npy': new Uint8Array(64) });
    const directory = Buffer.from(bytes).indexOf('PK\x01\x02');
    new DataView(bytes.buffer).setUint32(directory + 24, 0xfffffff0, true);
    expect(refusal(() => decodeNpz(bytes)).message).toContain('4294967280');
  });

  it.each(['savez', 'savez_compressed'])('notices any change of %s: a BasinError, or the arrays as they were', (name) => {
    const whole = fixture(name);
    const originals = Object.values(decodeNpz(whole).tensors);
    const change = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(change, fc.nat(whole.length), fc.boolean(), (changes, length, cut) => {
        const bytes = whole.slice(0, cut ? length : whole.length);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        try {
          // A name is outside the checksum, so an array may turn up under another one.
          for (const tensor of Object.values(decodeNpz(bytes).tensors)) expect(originals).toContainEqual(tensor);
        } catch (error) {
          if (!(error instanceof BasinError)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});
