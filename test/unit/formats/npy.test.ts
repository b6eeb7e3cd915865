import { expect, it } from 'vitest';
import { decodeNpy } from '../../../src-main/formats/npy.ts';
import { refusal } from '../../support/refusal.ts';

interface Npy {
  readonly header?: string;
  readonly version?: number;
  readonly data?: Uint8Array;
}

const FOUR = new Float32Array([1, 2, 3, 4]);
const SQUARE = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }";

/** An .npy file made from the format's description (numpy.lib.format). */
function npy({ header = SQUARE, version = 1, data = new Uint8Array(FOUR.buffer) }: Npy = {}): Uint8Array {
  const lengthBytes = version === 1 ? 2 : 4;
  const start = Buffer.alloc(8 + lengthBytes);
  start.write('\x93NUMPY', 'latin1');
  start[6] = version;
  start.writeUIntLE(header.length, 8, lengthBytes);
  return Buffer.concat([start, Buffer.from(header, 'latin1'), data]);
}

it.each([1, 2, 3])('reads version %d', (version) => {
  expect(decodeNpy(npy({ version }))).toEqual({ dtype: 'F32', shape: [2, 2], data: FOUR });
});

it('reads the keys of the header in any order, and one-dimensional shapes', () => {
  expect(decodeNpy(npy({ header: "{'shape': (4,), 'fortran_order': True, 'descr': '<f4'}" }))).toEqual({ dtype: 'F32', shape: [4], data: FOUR });
});

it('reads data at any alignment', () => {
  for (let pad = 0; pad < 4; pad++) expect(decodeNpy(npy({ header: SQUARE + ' '.repeat(pad) })).data).toEqual(FOUR);
});

it.each([
  ['another magic', npy().fill(0, 0, 1), 'file.header', 'NUMPY'],
  ['another version', npy({ version: 9 }), 'file.header', 'version 9'],
  ['no length', npy().subarray(0, 7), 'file.truncated', '7 bytes'],
  ['half a header', npy().subarray(0, 40), 'file.truncated', 'header'],
  ['half the data', npy().subarray(0, -5), 'file.truncated', '16 bytes'],
  ['more data than the shape takes', npy({ data: new Uint8Array(17) }), 'file.shape', '1 bytes more'],
  ['no descr', npy({ header: "{'fortran_order': False, 'shape': (2, 2)}" }), 'file.header', 'descr'],
  ['no order', npy({ header: "{'descr': '<f4', 'shape': (2, 2)}" }), 'file.header', 'fortran_order'],
  ['no shape', npy({ header: "{'descr': '<f4', 'fortran_order': False}" }), 'file.header', 'shape'],
  ['a negative size', npy({ header: SQUARE.replace('2, 2', '-2, 2') }), 'file.header', 'shape'],
  ['a shape beyond exact integers', npy({ header: SQUARE.replace('2, 2', '9007199254740991, 8') }), 'file.shape', 'any file'],
  ['a size beyond exact integers', npy({ header: SQUARE.replace('2, 2', '99999999999999999999') }), 'file.header', 'shape'],
  ['big-endian numbers', npy({ header: SQUARE.replace('<', '>') }), 'file.byte-order', "astype('<f4')"],
  ['Python objects', npy({ header: SQUARE.replace('<f4', '|O') }), 'file.dtype', '|O'],
])('refuses %s', (_, bytes, code, words) => {
  const error = refusal(() => decodeNpy(bytes, 'x.npy'));
  expect(error.code).toBe(code);
  expect(error.message).toContain(words);
});
