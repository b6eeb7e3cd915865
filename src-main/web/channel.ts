import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { BasinError } from '../contract/errors.ts';
import { serve, type Host } from '../contract/channel/host.ts';
import { checkHost, checkOrigin, hasCookie, isToken } from './access.ts';
import { transportOver } from './transport.ts';

/** Largest message that a page may send, bytes. */
export const MESSAGE_BYTES = 32 * 1024 * 1024;
/** Pages that may be open at once. */
export const CLIENTS = 64;
const HEARTBEAT_MS = 30_000;

/** Puts the channel at /channel of an HTTP server. @returns a function that ends every conversation, with a reason for people */
export function openChannel(server: Server, host: Host, token: string): (reason: string) => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES, perMessageDeflate: false, clientTracking: true });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const refusal = refusalOf(request, token, sockets.clients.size);
    if (refusal) {
      socket.end(`HTTP/1.1 ${refusal.status}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n${refusal.words}\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => serve(transportOver(client, HEARTBEAT_MS), host));
  });
  return (reason) => {
    for (const client of sockets.clients) client.close(1001, reason);
    sockets.close();
  };
}

function refusalOf(request: IncomingMessage, token: string, clients: number): { status: string; words: string } | undefined {
  try {
    checkHost(request.headers);
    checkOrigin(request.headers);
  } catch (error) {
    if (error instanceof BasinError) return { status: '403 Forbidden', words: error.message };
    throw error;
  }
  const [path, query] = (request.url ?? '').split('?', 2);
  if (!hasCookie(token, request) && !isToken(token, new URLSearchParams(query).get('token'))) return { status: '401 Unauthorized', words: 'Open the page with the address that Basin printed' };
  if (path !== '/channel') return { status: '404 Not Found', words: 'The channel is at /channel' };
  if (clients >= CLIENTS) return { status: '503 Service Unavailable', words: `${CLIENTS} pages of this workbench are open already: close some` };
  return undefined;
}
