import { WebSocket } from 'ws';
import { createClient, wireOver, type Client } from '../../src-main/contract/channel/client.ts';
import { decodeMessage, encodeMessage } from '../../src-main/contract/channel/codec.ts';

/** A client of a web host, as a page has one. @param url with the token. @throws when it is refused */
export async function connect(url: string): Promise<Client & { close(): void }> {
  const { origin, host, searchParams } = new URL(url);
  const socket = new WebSocket(`ws://${host}/channel?token=${searchParams.get('token') ?? ''}`, { origin });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const client = createClient(
    wireOver({
      send: (message) => socket.send(encodeMessage(message)),
      onMessage: (listener) => void socket.on('message', (data: Buffer) => listener(decodeMessage(data))),
      onClose: (listener) => void socket.on('close', (code, reason) => listener(reason.toString() || `closed (code ${code})`)),
      close: () => socket.close(),
    }),
  );
  return { ...client, close: () => socket.close() };
}
