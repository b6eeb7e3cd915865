import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { decodeMessage, encodeMessage } from '../../../src-main/contract/channel/codec.ts';
import type { Host, Push } from '../../../src-main/contract/channel/host.ts';
import type { Message } from '../../../src-main/contract/channel/message.ts';
import { CLIENTS, MESSAGE_BYTES } from '../../../src-main/web/channel.ts';
import { raw, serving, type Running } from './served.ts';

/** Opens a channel; resolves with the socket, or with the status it was refused with. */
function open(server: Running, { path = '/channel', ...headers }: Readonly<Record<string, string>> = {}): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers: { origin: server.origin, cookie: server.cookie, ...headers } });
    onTestFinished(() => socket.terminate());
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode!));
    socket.on('error', reject);
  });
}

async function opened(server: Running): Promise<WebSocket> {
  const socket = await open(server);
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  return socket;
}

const next = (socket: WebSocket) => new Promise<Message>((resolve) => socket.once('message', (data: Buffer) => resolve(decodeMessage(data))));
const closing = (socket: WebSocket) => new Promise<{ code: number; reason: string }>((resolve) => socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })));
const request = (id: number, input: unknown = {}): Uint8Array => encodeMessage({ kind: 'request', id, name: 'app.info', input });

/** A host whose answers and pushes are the test's to send. */
function byHand() {
  const pushes: Push[] = [];
  const waiting: (() => void)[] = [];
  let closed = 0;
  let congested = () => false;
  const host: Host = {
    open: (push, options) => {
      pushes.push(push);
      congested = options?.congested ?? congested;
      return {
        handle: (name) => new Promise((resolve) => waiting.push(() => resolve({ ok: true, output: { name } }))),
        close: () => closed++,
      };
    },
  };
  return { host, pushes, waiting, closed: () => closed, congested: () => congested() };
}

describe('the channel opens', () => {
  it("for the page's own origin with its cookie, and carries requests and answers", async () => {
    const socket = await opened(await serving());
    socket.send(request(7, { numbers: new Float64Array([NaN, 1]) }));
    expect(await next(socket)).toEqual({ kind: 'answer', id: 7, answer: { ok: true, output: { name: 'app.info', input: { numbers: new Float64Array([NaN, 1]) } } } });
  });

  it('at the end of a tunnel, where the port is another', async () => {
    expect(await open(await serving(), { host: 'localhost:9000', origin: 'http://localhost:9000' })).toBeInstanceOf(WebSocket);
  });

  it('for no other origin: another site, another port, another scheme, none', async () => {
    const server = await serving();
    for (const origin of ['http://evil.example', `http://localhost:${server.port}`, 'http://127.0.0.1:1', `https://127.0.0.1:${server.port}`, 'null', 'file://']) expect(await open(server, { origin })).toBe(403);
    expect(await raw(server.port, `GET /channel HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nCookie: ${server.cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`)).toContain('403 Forbidden');
  });

  it('under no foreign name, though name and origin agree', async () => {
    expect(await open(await serving(), { host: 'evil.example', origin: 'http://evil.example' })).toBe(403);
  });

  it('with the token in place of the cookie, and not without either', async () => {
    const server = await serving();
    expect(await open(server, { cookie: '' })).toBe(401);
    expect(await open(server, { cookie: `basin-${server.port}=${'A'.repeat(43)}` })).toBe(401);
    expect(await open(server, { cookie: '', path: `/channel?token=${server.token.toLowerCase()}` })).toBe(401);
    expect(await open(server, { cookie: '', path: `/channel?token=${server.token}` })).toBeInstanceOf(WebSocket);
  });

  it('nowhere else', async () => {
    const server = await serving();
    for (const path of ['/', '/channel/', '/channel2', '/%63hannel']) expect(await open(server, { path })).toBe(404);
  });

  it(`for ${CLIENTS} pages and no more; one that leaves makes room`, async () => {
    const server = await serving();
    const sockets = await Promise.all(Array.from({ length: CLIENTS }, () => opened(server)));
    expect(await open(server)).toBe(503);
    const gone = closing(sockets[0]!);
    sockets[0]!.close();
    await gone;
    expect(await open(server)).toBeInstanceOf(WebSocket);
  });
});

describe('a conversation', () => {
  it.each([
    ['text', 'hello'],
    ['bytes that are no message', randomBytes(64)],
    ['a message of another kind', Buffer.from([0x81, 0xa4, 0x6b, 0x69, 0x6e, 0x64, 0x01])],
    ['nothing', Buffer.alloc(0)],
    ['a list that claims four billion values', Buffer.from([0xdd, 0xff, 0xff, 0xff, 0xff])],
    ['a key that would reach prototypes', Buffer.concat([Buffer.from([0x81, 0xa9]), Buffer.from('__proto__'), Buffer.from([0x80])])],
  ])('ends with a reason at %s, and others go on', async (_, data) => {
    const server = await serving();
    const [socket, other] = [await opened(server), await opened(server)];
    const closed = closing(socket);
    socket.send(data);
    expect(await closed).toEqual({ code: 1007, reason: 'what arrived was not a message' });
    other.send(request(1));
    expect(await next(other)).toMatchObject({ id: 1, answer: { ok: true } });
  });

  it('ends at a message that is too large', async () => {
    const socket = await opened(await serving());
    const closed = closing(socket);
    socket.send(new Uint8Array(MESSAGE_BYTES + 1));
    expect((await closed).code).toBe(1009);
  });

  it('is closed for the host when the page goes', async () => {
    const hand = byHand();
    const socket = await opened(await serving(hand.host));
    socket.terminate();
    await expect.poll(hand.closed).toBe(1);
    hand.pushes[0]!('notice', { level: 'info', title: 'nobody', text: 'hears this' });
  });

  it('ends with the reason that the server is closed for', async () => {
    const server = await serving();
    const closed = closing(await opened(server));
    await server.close('Basin was ended');
    expect(await closed).toEqual({ code: 1001, reason: 'Basin was ended' });
  });

  it('has an error in place of an answer that cannot be written', async () => {
    const server = await serving({ open: () => ({ handle: () => Promise.resolve({ ok: true, output: { bad: () => 1 } }), close: () => undefined }) });
    const socket = await opened(server);
    socket.send(request(3));
    expect(await next(socket)).toMatchObject({ id: 3, answer: { ok: false, error: { kind: 'bug' } } });
  });

  it('is not read from while too many of its requests wait, and goes on when they are answered', async () => {
    const hand = byHand();
    const socket = await opened(await serving(hand.host));
    // More than what fits into the buffers between: the sender stands still.
    const large = new Uint8Array(256 * 1024);
    for (let id = 0; id < 400; id++) socket.send(request(id, large));
    await expect.poll(() => hand.waiting.length, { timeout: 20_000 }).toBeGreaterThan(256);
    await expect.poll(() => socket.bufferedAmount, { interval: 100 }).toBeGreaterThan(large.length * 40);
    expect(hand.waiting.length).toBeLessThan(300);
    let answers = 0;
    socket.on('message', () => answers++);
    await expect.poll(() => {
      for (const answer of hand.waiting.splice(0)) answer();
      return answers;
    }, { timeout: 20_000 }).toBe(400);
  });

  it('tells the host while the page reads slowly, and when it has caught up', async () => {
    const hand = byHand();
    const socket = await opened(await serving(hand.host));
    socket.pause();
    const text = 'x'.repeat(256 * 1024);
    for (let sent = 0; sent < 40 && !hand.congested(); sent++) hand.pushes[0]!('notice', { level: 'info', title: 'much', text });
    expect(hand.congested()).toBe(true);
    socket.resume();
    await expect.poll(hand.congested).toBe(false);
  });

  it('ends when the page does not keep up with pushes, so that memory stays bounded', async () => {
    const hand = byHand();
    const socket = await opened(await serving(hand.host));
    socket.pause();
    const closed = closing(socket);
    const text = 'x'.repeat(1024 * 1024);
    for (let sent = 0; sent < 100; sent++) hand.pushes[0]!('notice', { level: 'info', title: 'much', text });
    socket.resume();
    expect(await closed).toEqual({ code: 1013, reason: 'the page did not keep up with what happens' });
  });
});
