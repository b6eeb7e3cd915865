import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack';
import { BasinError } from '../errors.ts';
import type { Message } from './message.ts';

/*
 * Messages as bytes, for transports that carry nothing else (WebSocket): MessagePack with the two typed arrays of the
 * contract as extensions, in their own little-endian bytes, so that NaN and infinities arrive as they were.
 */

const FLOAT64 = 1;
const FLOAT32 = 2;

const extensionCodec = new ExtensionCodec();
extensionCodec.register({
  type: FLOAT64,
  encode: (value) => (value instanceof Float64Array ? asBytes(value) : null),
  decode: (data) => new Float64Array(aligned(data, Float64Array.BYTES_PER_ELEMENT)),
});
extensionCodec.register({
  type: FLOAT32,
  encode: (value) => (value instanceof Float32Array ? asBytes(value) : null),
  decode: (data) => new Float32Array(aligned(data, Float32Array.BYTES_PER_ELEMENT)),
});

const asBytes = (array: Float64Array | Float32Array): Uint8Array<ArrayBuffer> => new Uint8Array(array.buffer as ArrayBuffer, array.byteOffset, array.byteLength);

/** The bytes in a buffer of their own, where a number may start. */
function aligned(data: Uint8Array, size: number): ArrayBuffer {
  if (data.byteLength % size !== 0) throw new RangeError(`${data.byteLength} bytes are no whole number of ${size}-byte numbers`);
  // Not slice(): that of a Node buffer is a view of the same bytes.
  return new Uint8Array(data).buffer;
}

const encoder = new Encoder({ extensionCodec, ignoreUndefined: true });
const decoder = new Decoder({ extensionCodec });

export const encodeMessage = (message: Message): Uint8Array<ArrayBuffer> => encoder.encode(message);

/** @throws BasinError `contract.message` for bytes that are no message. */
export function decodeMessage(data: Uint8Array): Message {
  let message: unknown;
  try {
    message = decoder.decode(data);
  } catch (cause) {
    throw new BasinError('contract.message', `What arrived is not a message: ${(cause as Error).message}`, { cause });
  }
  if (isMessage(message)) return message;
  throw new BasinError('contract.message', 'What arrived is not a message: it must be a request, an answer or a push');
}

function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, id, name, answer } = value as Record<string, unknown>;
  if (kind === 'request') return typeof id === 'number' && typeof name === 'string';
  if (kind === 'answer') return typeof id === 'number' && typeof answer === 'object' && answer !== null;
  return kind === 'push' && typeof name === 'string';
}
