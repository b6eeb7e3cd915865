import type { RawData, WebSocket } from 'ws';
import { decodeMessage, encodeMessage } from '../contract/channel/codec.ts';
import { BasinError, toErrorData } from '../contract/errors.ts';
import type { Message, Transport } from '../contract/channel/message.ts';
import { checkShape } from './message-shape.ts';

/** Unsent bytes at which live messages are merged instead of sent: about what a slow line takes in a tenth of a second. */
const CONGESTED = 512 * 1024;
/** Unsent bytes of pushes at which a page has fallen too far behind: it is let go, comes back, and reads what is true then. */
const BEHIND = 16 * 1024 * 1024;
/** Unsent bytes, and unanswered requests, at which nothing more is read from a page until there are fewer. */
const FULL = 32 * 1024 * 1024;
const OPEN_REQUESTS = 256;

const GOING = 1001;
const NO_MESSAGE = 1007;
const TRY_AGAIN = 1013;

/** A transport over a WebSocket of the `ws` package. Memory held for a page that reads slowly, or not at all, is bounded. */
export function transportOver(socket: WebSocket, heartbeatMs: number): Transport {
  let receive: (message: Message) => void = () => undefined;
  let closed: (reason: string) => void = () => undefined;
  let unsentPushes = 0;
  let openRequests = 0;
  let isThere = true;

  const heartbeat = setInterval(() => {
    // Of one that is not read from nothing is heard.
    if (socket.isPaused) return;
    // A tunnel that was cut says nothing: whoever answers no ping is gone.
    if (!isThere) socket.terminate();
    isThere = false;
    socket.ping();
  }, heartbeatMs);
  heartbeat.unref();

  socket.on('pong', () => (isThere = true));
  socket.on('message', (data: RawData, isBinary) => {
    const message = isBinary ? read(data as Buffer) : undefined;
    if (!message) {
      socket.close(NO_MESSAGE, 'what arrived was not a message');
      return;
    }
    if (message.kind === 'request') openRequests++;
    regulate();
    receive(message);
  });
  socket.on('close', (code, reason) => {
    clearInterval(heartbeat);
    closed(reason.toString() || `the page went away (code ${code})`);
  });
  // Too large a message, a broken frame: `ws` closes the connection by itself, and 'close' follows.
  socket.on('error', () => undefined);

  /** Reads from the page while it takes what it asked for. */
  function regulate(): void {
    const isFull = socket.bufferedAmount > FULL || openRequests > OPEN_REQUESTS;
    if (isFull && !socket.isPaused) socket.pause();
    if (!isFull && socket.isPaused) {
      isThere = true;
      socket.resume();
    }
  }

  return {
    send(message) {
      if (socket.readyState !== socket.OPEN) return;
      const isPush = message.kind === 'push';
      if (isPush && unsentPushes > BEHIND) {
        socket.close(TRY_AGAIN, 'the page did not keep up with what happens');
        return;
      }
      const bytes = write(message);
      if (isPush) unsentPushes += bytes.byteLength;
      if (message.kind === 'answer') openRequests--;
      socket.send(bytes, () => {
        if (isPush) unsentPushes -= bytes.byteLength;
        regulate();
      });
      regulate();
    },
    onMessage: (listener) => (receive = listener),
    onClose: (listener) => (closed = listener),
    congested: () => socket.bufferedAmount > CONGESTED,
    close: () => socket.close(GOING, 'the conversation was ended'),
  };
}

function read(data: Buffer): Message | undefined {
  try {
    checkShape(data);
    return decodeMessage(data);
  } catch (error) {
    if (error instanceof BasinError) return undefined;
    throw error;
  }
}

/** An answer that cannot be written is a bug of ours, and the page is told that instead of waiting for ever. */
function write(message: Message): Uint8Array {
  try {
    return encodeMessage(message);
  } catch (error) {
    if (message.kind !== 'answer') throw error;
    return encodeMessage({ ...message, answer: { ok: false, error: toErrorData(error) } });
  }
}
