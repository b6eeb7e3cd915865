import { encode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeMessage } from '../../../src-main/contract/channel/codec.ts';
import { checkShape } from '../../../src-main/web/message-shape.ts';
import { refusal } from '../../support/refusal.ts';

const reasonOf = (data: Uint8Array) => refusal(() => checkShape(data)).message;

describe('the shape of a message', () => {
  it('is right for whatever a page may say', () => {
    fc.assert(
      fc.property(fc.anything({ withTypedArray: false, withNullPrototype: false, maxDepth: 6 }), (input) => {
        let data: Uint8Array;
        try {
          data = encodeMessage({ kind: 'request', id: 1, name: 'app.info', input });
        } catch {
          return;
        }
        checkShape(data);
      }),
    );
  });

  it.each([
    ['typed arrays', { a: new Float64Array(1000), b: new Float32Array(3) }],
    ['bytes', new Uint8Array(100_000)],
    ['long texts', 'ä'.repeat(70_000)],
    ['every run of a large store', Array.from({ length: 10_000 }, (_, id) => id + 1)],
    ['numbers of every width', [0, 127, 128, 255, 256, 65_536, 2 ** 33, -1, -33, -129, -70_000, -(2 ** 40), 0.5, NaN, Infinity, -0]],
    ['small maps and lists', { a: [1, [2, { b: null, c: true, d: false }]], e: {} }],
  ])('is right for %s', (_, input) => expect(() => checkShape(encodeMessage({ kind: 'request', id: 1, name: 'x', input }))).not.toThrow());

  it.each([
    ['a list that claims four billion values', [0xdd, 0xff, 0xff, 0xff, 0xff]],
    ['a map that claims four billion pairs', [0xdf, 0xff, 0xff, 0xff, 0xff]],
    ['ten nested lists that each claim 30,000', Array.from({ length: 10 }, () => [0xdc, 0x75, 0x30]).flat()],
  ])('is refused for %s, before anything is made of it', (_, bytes) => expect(reasonOf(Uint8Array.from(bytes))).toContain('more than 250000 values'));

  it('is refused for more values than any request has, though they are there', () => expect(reasonOf(encode(new Array(300_000).fill(null)))).toContain('more than 250000 values'));

  it('is refused when it is nested deeply', () => {
    expect(reasonOf(new Uint8Array(100_000).fill(0x91))).toContain('nested more than 64 deep');
    expect(() => checkShape(Uint8Array.from([...new Array<number>(60).fill(0x91), 0xc0]))).not.toThrow();
  });

  it('is refused when it ends too early, wherever', () => {
    const whole = encodeMessage({ kind: 'request', id: 70_000, name: 'reason.walk', input: { list: [1, 2.5, new Float64Array(3)], text: 'x'.repeat(300), bytes: new Uint8Array(300) } });
    for (let length = 0; length < whole.length; length++) expect(reasonOf(whole.subarray(0, length))).toContain('ends too early');
  });

  it('is judged for any bytes whatever without failing otherwise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (data) => {
        try {
          checkShape(data);
        } catch (error) {
          expect((error as Error).name).toBe('BasinError');
        }
      }),
      { numRuns: 2000 },
    );
  });
});
