import { BasinError } from '../contract/errors.ts';

/*
 * A message is decoded into objects, and a few bytes can claim a great many of them. Before that its bytes are walked once, and
 * refused when they claim more than any request of ours has.
 */

/** Values in a message, those inside others included: every run of a large store by number is 10,000. */
const VALUES = 250_000;
const DEPTH = 64;

/** MessagePack's first bytes from 0xc4: bytes of the length that follows, or of the value itself. */
const LENGTHS: Readonly<Record<number, { readonly length: 1 | 2 | 4; readonly of: 'bytes' | 'extension' | 'array' | 'map' }>> = {
  0xc4: { length: 1, of: 'bytes' }, 0xc5: { length: 2, of: 'bytes' }, 0xc6: { length: 4, of: 'bytes' },
  0xc7: { length: 1, of: 'extension' }, 0xc8: { length: 2, of: 'extension' }, 0xc9: { length: 4, of: 'extension' },
  0xd9: { length: 1, of: 'bytes' }, 0xda: { length: 2, of: 'bytes' }, 0xdb: { length: 4, of: 'bytes' },
  0xdc: { length: 2, of: 'array' }, 0xdd: { length: 4, of: 'array' }, 0xde: { length: 2, of: 'map' }, 0xdf: { length: 4, of: 'map' },
};
const FIXED: Readonly<Record<number, number>> = { 0xca: 4, 0xcb: 8, 0xcc: 1, 0xcd: 2, 0xce: 4, 0xcf: 8, 0xd0: 1, 0xd1: 2, 0xd2: 4, 0xd3: 8, 0xd4: 2, 0xd5: 3, 0xd6: 5, 0xd7: 9, 0xd8: 17 };

/** @throws BasinError `web.message` for MessagePack that claims too much, or more than is there. */
export function checkShape(data: Uint8Array): void {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  /** Values still to come at each depth. */
  const open = [1];
  let values = 1;
  let at = 0;
  while (open.length > 0) {
    if (open.at(-1) === 0) {
      open.pop();
      continue;
    }
    open[open.length - 1]!--;
    if (at >= data.byteLength) throw refusal('it ends too early');
    const { skip, inside } = read(view, at);
    at += skip;
    if (at > data.byteLength) throw refusal('it ends too early');
    values += inside;
    if (values > VALUES) throw refusal(`it has more than ${VALUES} values`);
    if (inside > 0 && open.push(inside) > DEPTH) throw refusal(`it is nested more than ${DEPTH} deep`);
  }
}

/** Bytes to the next value, and how many values lie inside this one. */
function read(view: DataView, at: number): { skip: number; inside: number } {
  const first = view.getUint8(at);
  if (first < 0x80 || first >= 0xe0) return { skip: 1, inside: 0 };
  if (first < 0x90) return { skip: 1, inside: 2 * (first & 0x0f) };
  if (first < 0xa0) return { skip: 1, inside: first & 0x0f };
  if (first < 0xc0) return { skip: 1 + (first & 0x1f), inside: 0 };
  const described = LENGTHS[first];
  if (!described) return { skip: 1 + (FIXED[first] ?? 0), inside: 0 };
  const { length, of } = described;
  if (at + 1 + length > view.byteLength) throw refusal('it ends too early');
  const count = length === 1 ? view.getUint8(at + 1) : length === 2 ? view.getUint16(at + 1) : view.getUint32(at + 1);
  if (of === 'bytes') return { skip: 1 + length + count, inside: 0 };
  if (of === 'extension') return { skip: 2 + length + count, inside: 0 };
  return { skip: 1 + length, inside: of === 'array' ? count : 2 * count };
}

const refusal = (why: string): BasinError => new BasinError('web.message', `What arrived is not a message of ours: ${why}`);
