import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BasinError } from '../../../src-main/contract/errors.ts';
import { decodeSafetensors, encodeSafetensors } from '../../../src-main/formats/safetensors.ts';
import type { TensorToWrite } from '../../../src-main/formats/tensors.ts';
import { refusal } from '../../support/refusal.ts';

const join = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

/** A file made by hand from the format's description, so that the decoder is not only tested against our encoder. */
function file(header: unknown, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true);
  return join([length, text, data]);
}
const bytesOf = (array: { buffer: ArrayBufferLike; byteOffset: number; byteLength: number }) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

const data = fc.oneof(
  fc.float32Array({ maxLength: 24 }),
  fc.float64Array({ maxLength: 24 }),
  fc.int32Array({ maxLength: 24 }),
  fc.int16Array({ maxLength: 24 }),
  fc.int8Array({ maxLength: 24 }),
  fc.uint32Array({ maxLength: 24 }),
  fc.uint16Array({ maxLength: 24 }),
  fc.uint8Array({ maxLength: 24 }),
  fc.bigInt64Array({ maxLength: 24 }),
  fc.bigUint64Array({ maxLength: 24 }),
);
const tensor = data.chain((array): fc.Arbitrary<TensorToWrite> => {
  const divisors = Array.from({ length: array.length }, (_, i) => i + 1).filter((d) => array.length % d === 0);
  const shapes = [[array.length], ...divisors.map((d) => [d, array.length / d]), ...(array.length === 1 ? [[]] : []), ...(array.length === 0 ? [[3, 0]] : [])];
  return fc.constantFrom(...shapes).map((shape) => ({ shape, data: array }));
});
const text = fc.string({ unit: 'grapheme' });
const tensors = fc.dictionary(text.filter((name) => name !== '__metadata__'), tensor, { maxKeys: 6 });

describe('encode and decode', () => {
  it('returns every tensor and all metadata as they were, at any alignment of the file in memory', () => {
    fc.assert(
      fc.property(tensors, fc.dictionary(text, text, { maxKeys: 3 }), fc.nat(7), (written, metadata, shift) => {
        const encoded = join(encodeSafetensors(written, metadata));
        const shifted = new Uint8Array(encoded.length + shift).subarray(shift);
        shifted.set(encoded);
        const read = decodeSafetensors(shifted);
        expect(Object.entries(read.metadata).sort()).toEqual(Object.entries(metadata).sort());
        expect(Object.keys(read.tensors).sort()).toEqual(Object.keys(written).sort());
        for (const [name, { shape, data }] of Object.entries(written)) {
          const found = Object.entries(read.tensors).find(([other]) => other === name)![1];
          expect(found.shape).toEqual(shape);
          expect(found.data.constructor).toBe(data.constructor);
          expect(bytesOf(found.data)).toEqual(bytesOf(data));
        }
      }),
    );
  });

  it('writes views of the tensors instead of copies, and aligns every tensor', () => {
    const bytes = new Uint8Array(3).fill(7);
    const wide = new Float64Array([1, 2]);
    const parts = encodeSafetensors({ bytes: { shape: [3], data: bytes }, wide: { shape: [2], data: wide } });
    expect(parts.map((part) => part.buffer).slice(1)).toEqual([wide.buffer, bytes.buffer]);
    expect(parts[1]!.buffer).toBe(wide.buffer);
    const whole = join(parts);
    expect(decodeSafetensors(whole).tensors['wide']!.data.buffer).toBe(whole.buffer);
  });

  it('accepts arrays on shared memory', () => {
    const shared = new Float32Array(new SharedArrayBuffer(8));
    shared.set([1, 2]);
    expect(decodeSafetensors(join(encodeSafetensors({ shared: { shape: [2], data: shared } }))).tensors['shared']!.data).toEqual(new Float32Array([1, 2]));
  });

  it('refuses to write a shape that does not hold the data, or the reserved name', () => {
    expect(refusal(() => encodeSafetensors({ a: { shape: [2, 2], data: new Float32Array(3) } })).message).toContain('[2, 2]');
    expect(refusal(() => encodeSafetensors({ __metadata__: { shape: [1], data: new Float32Array(1) } })).code).toBe('file.encode');
  });
});

describe('decode', () => {
  it('reads a file written by the official library', () => {
    const { tensors, metadata } = decodeSafetensors(readFileSync(new URL('../../fixtures/golden/irem-addition-r4.safetensors', import.meta.url)));
    expect(metadata['method']).toBe('irem');
    expect(tensors['param.fc1.weight']).toMatchObject({ dtype: 'F32', shape: [32, 48] });
    const [x, target] = [tensors['x']!.data as Float32Array, tensors['target']!.data as Float32Array];
    for (let i = 0; i < 16; i++) expect(target[i]).toBeCloseTo(x[i]! + x[i + 16]!, 6);
  });

  it('widens float16 and bfloat16 exactly', () => {
    const words = new Uint8Array(Uint16Array.of(0x3e00, 0xc000, 0x7bff, 0x0001, 0x7c00, 0x3fc0, 0xc000, 0x7f7f).buffer);
    const { tensors } = decodeSafetensors(file({ h: { dtype: 'F16', shape: [5], data_offsets: [0, 10] }, b: { dtype: 'BF16', shape: [3], data_offsets: [10, 16] } }, words));
    expect([...(tensors['h']!.data as Float32Array)]).toEqual([1.5, -2, 65504, 2 ** -24, Infinity]);
    expect([...(tensors['b']!.data as Float32Array)]).toEqual([1.5, -2, Math.fround(3.3895313892515355e38)]);
    expect(tensors['h']!.dtype).toBe('F16');
  });

  const one = (entry: object, bytes = 8) => file({ t: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...entry } }, new Uint8Array(bytes));
  const hugeLength = new Uint8Array(16).fill(0xff);
  it.each([
    ['an empty file', new Uint8Array(0), 'file.truncated', '0 bytes'],
    ['a header longer than the file', file('{}').fill(50, 0, 1), 'file.truncated', 'cut off'],
    ['a header beyond the limit', hugeLength, 'file.header', '18446744073709551615'],
    ['a header that is not JSON', file('{"a": '), 'file.header', 'not JSON'],
    ['a header that is not UTF-8', file('{}').fill(0xff, 8, 9), 'file.header', 'not JSON'],
    ['a header that is a list', file([1]), 'file.header', 'not a JSON object'],
    ['a header with space before it', file(' {}'), 'file.header', 'not a JSON object'],
    ['metadata that is not text', file({ __metadata__: { a: 1 } }), 'file.header', '__metadata__'],
    ['an entry that is not an object', file({ t: null }), 'file.header', '"t"'],
    ['an unknown dtype', one({ dtype: 'F8_E4M3' }), 'file.dtype', 'F8_E4M3'],
    ['a dtype that is a property of every object', one({ dtype: 'toString' }), 'file.dtype', 'toString'],
    ['a negative size', one({ shape: [-2] }), 'file.shape', '[-2]'],
    ['a fractional size', one({ shape: [2.5] }), 'file.shape', '[2.5]'],
    ['a shape beyond exact integers', one({ shape: [2 ** 40, 2 ** 40] }), 'file.offsets', 'data_offsets'],
    ['offsets that do not match the shape', one({ shape: [3] }), 'file.offsets', 'takes 12 bytes'],
    ['reversed offsets', one({ data_offsets: [8, 0] }), 'file.offsets', '[8, 0]'],
    ['three offsets', one({ data_offsets: [0, 8, 8] }), 'file.offsets', '[0,8,8]'],
    ['missing data', one({}, 7), 'file.truncated', 'cut off'],
    ['data after the last tensor', one({}, 9), 'file.offsets', '1 bytes after'],
    ['a hole', one({ data_offsets: [4, 12] }, 12), 'file.offsets', 'hole'],
    ['an overlap', file({ a: { dtype: 'U8', shape: [4], data_offsets: [0, 4] }, b: { dtype: 'U8', shape: [4], data_offsets: [2, 6] } }, new Uint8Array(6)), 'file.offsets', 'inside the tensor before'],
  ])('refuses %s', (_, bytes, code, words) => {
    const error = refusal(() => decodeSafetensors(bytes, 'weights.safetensors'));
    expect(error.code).toBe(code);
    expect(error.message).toContain('weights.safetensors');
    expect(error.message).toContain(words);
  });

  it('meets any damage with a BasinError or a consistent result', () => {
    const whole = join(encodeSafetensors({ a: { shape: [2, 3], data: new Float32Array(6) }, b: { shape: [4], data: new Int32Array(4) } }, { note: 'x' }));
    const damage = fc.oneof(
      fc.nat(whole.length - 1).map((length) => whole.slice(0, length)),
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }).map((changes) => {
        const bytes = whole.slice();
        for (const [at, value] of changes) bytes[at] = value;
        return bytes;
      }),
      fc.uint8Array({ maxLength: 64 }),
      fc.json().map((header) => file(header)),
    );
    fc.assert(
      fc.property(damage, (bytes) => {
        try {
          for (const { shape, data } of Object.values(decodeSafetensors(bytes).tensors)) expect(shape.reduce((a, b) => a * b, 1)).toBe(data.length);
        } catch (error) {
          if (!(error instanceof BasinError)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('refuses a file cut off at any byte', () => {
    const whole = join(encodeSafetensors({ a: { shape: [3], data: new Float32Array([1, 2, 3]) } }));
    for (let length = 0; length < whole.length; length++) expect(refusal(() => decodeSafetensors(whole.slice(0, length))).code).toBe('file.truncated');
  });
});
