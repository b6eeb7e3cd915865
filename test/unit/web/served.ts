import { request as ask, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Host } from '../../../src-main/contract/channel/host.ts';
import { startServer, type Server } from '../../../src-main/web/server.ts';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A built page as small as can be, beside a file that is not part of it. */
export function smallPage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'basin-page-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const page = join(folder, 'renderer');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(page, 'index.html'), '<!doctype html><html lang="en" data-theme="system"><script type="module" src="/assets/index-1a2b.js"></script></html>');
  writeFileSync(join(page, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(page, 'assets', 'index-1a2b.js'), 'export {};');
  writeFileSync(join(page, '.hidden'), 'hidden');
  symlinkSync(join(folder, 'secret.txt'), join(page, 'link.txt'));
  return page;
}

/** A host that repeats what it is asked, and tells nothing unasked. */
export const echo: Host = { open: () => ({ handle: (name, input) => Promise.resolve({ ok: true, output: { name, input } }), close: () => undefined }) };

export interface Running extends Server {
  readonly token: string;
  /** `name=value` of the cookie. */
  readonly cookie: string;
  readonly origin: string;
  /** Asks as it is told: nothing is normalised on the way. */
  get(path: string, options?: { readonly headers?: Readonly<Record<string, string>>; readonly method?: string; readonly cookie?: string | null }): Promise<Reply>;
}

/** A server on a free port with a small page, for the running test. */
export async function serving(host: Host = echo, theme: 'system' | 'light' | 'dark' = 'system'): Promise<Running> {
  const server = await startServer({ host, page: smallPage(), first: () => Promise.resolve({ theme, store: 'ab12' }), port: 0 });
  onTestFinished(() => server.close('the test is over'));
  const token = new URL(server.url).searchParams.get('token')!;
  const own = `basin-${server.port}=${token}`;
  return {
    ...server,
    token,
    cookie: own,
    origin: `http://127.0.0.1:${server.port}`,
    get: (path, { headers = {}, method = 'GET', cookie = own } = {}) =>
      new Promise((resolve, reject) => {
        const request = ask({ host: '127.0.0.1', port: server.port, path, method, headers: { ...(cookie === null ? {} : { cookie }), ...headers } }, (response) => {
          let body = '';
          response.setEncoding('utf8').on('data', (part: string) => (body += part));
          response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }));
        });
        request.on('error', reject);
        request.end();
      }),
  };
}

/** Sends bytes as they are, and returns all that comes back until the server hangs up. */
export function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let heard = '';
    socket.setEncoding('utf8').on('data', (part: string) => (heard += part));
    socket.on('close', () => resolve(heard));
    socket.on('error', reject);
  });
}
