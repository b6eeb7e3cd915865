import type { RawData, WebSocket } from 'ws';
import { decodeMessage, encodeMessage } from '../contract/channel/codec.ts';
import type { Message, Transport } from '../contract/channel/message.ts';

/** Unsent bytes of pushes at which a page has fallen too far behind: it is let go, comes back, and reads what is true then. */
const BEHIND = 16 * 1024 * 1024;
/** Unsent bytes at which no more requests are read from a page until it has taken its answers. */
const FULL = 32 * 1024 * 1024;

const GOING = 1001;
const NO_MESSAGE = 1007;
const TRY_AGAIN = 1013;

/** A transport over a WebSocket of the `ws` package. Memory held for a page that reads slowly, or not at all, is bounded. */
export function transportOver(socket: WebSocket, heartbeatMs: number): Transport {
  let receive: (message: Message) => void = () => undefined;
  let closed: (reason: string) => void = () => undefined;
  let unsentPushes = 0;
  let answered = true;

  const heartbeat = setInterval(() => {
    // A tunnel that was cut says nothing: whoever answers no ping is gone.
    if (!answered) socket.terminate();
    answered = false;
    socket.ping();
  }, heartbeatMs);
  heartbeat.unref();

  socket.on('pong', () => (answered = true));
  socket.on('message', (data: RawData, isBinary) => {
    try {
      if (!isBinary) throw new TypeError('text');
      receive(decodeMessage(data as Buffer));
    } catch {
      socket.close(NO_MESSAGE, 'what arrived was not a message');
    }
  });
  socket.on('close', (code, reason) => {
    clearInterval(heartbeat);
    closed(reason.toString() || `the page went away (code ${code})`);
  });
  // Too large a message, a broken frame: `ws` closes the connection by itself, and 'close' follows.
  socket.on('error', () => undefined);

  function sent(bytes: number, isPush: boolean): void {
    if (isPush) unsentPushes -= bytes;
    if (socket.isPaused && socket.bufferedAmount < FULL / 2) socket.resume();
  }

  return {
    send(message) {
      if (socket.readyState !== socket.OPEN) return;
      const isPush = message.kind === 'push';
      if (isPush && unsentPushes > BEHIND) {
        socket.close(TRY_AGAIN, 'the page did not keep up with what happens');
        return;
      }
      const bytes = encodeMessage(message);
      if (isPush) unsentPushes += bytes.byteLength;
      socket.send(bytes, () => sent(bytes.byteLength, isPush));
      if (socket.bufferedAmount > FULL) socket.pause();
    },
    onMessage: (listener) => (receive = listener),
    onClose: (listener) => (closed = listener),
    close: () => socket.close(GOING, 'the conversation was ended'),
  };
}
