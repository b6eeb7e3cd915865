import { decodeMessage, encodeMessage } from '../../src-main/contract/channel/codec.ts';
import type { Message, Transport } from '../../src-main/contract/channel/message.ts';

/** A transport over a WebSocket to the host that served the page. @throws when the connection is refused */
export function openWebSocket(url: string): Promise<Transport> {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  let receive: (message: Message) => void = () => undefined;
  const closers: ((reason: string) => void)[] = [];
  socket.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => receive(decodeMessage(new Uint8Array(data))));
  const transport: Transport = {
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(encodeMessage(message));
    },
    onMessage: (listener) => (receive = listener),
    onClose: (listener) => void closers.push(listener),
    close: () => socket.close(),
  };
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(transport));
    socket.addEventListener('close', ({ code, reason }) => {
      const words = reason || `the connection was closed (code ${code})`;
      reject(new Error(words));
      for (const closer of closers) closer(words);
    });
  });
}
