import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Host } from '../contract/channel/host.ts';
import { BasinError } from '../contract/errors.ts';
import { readBundle, type FirstPaint } from '../page/bundle.ts';
import { newToken } from './access.ts';
import { openChannel } from './channel.ts';
import { createHttp } from './http.ts';

/** Where a workbench is unless told, so that links to its views stay good; taken: any free port. */
const PORT = 4646;
const LOOPBACK = '127.0.0.1';

export interface ServerOptions {
  readonly host: Host;
  /** Folder of the built page. */
  readonly page: string;
  readonly first: () => Promise<FirstPaint>;
  /** 0: any free one. */
  readonly port?: number;
}

export interface Server {
  readonly port: number;
  /** With the token: whoever opens it is let in. */
  readonly url: string;
  /** @param reason told to the pages that are open */
  close(reason: string): Promise<void>;
}

/** Serves a host's page and its channel on loopback. @throws BasinError `page.bundle`, `web.port` */
export async function startServer({ host, page, first, port }: ServerOptions): Promise<Server> {
  const token = newToken();
  const http = createHttp({ bundle: readBundle(page), token, first });
  const endChannel = openChannel(http.server, host, token);
  await http.ready();
  const listening = await listen(http.server, port);
  return {
    port: listening,
    url: `http://${LOOPBACK}:${listening}/?token=${token}`,
    close: (reason) => {
      endChannel(reason);
      return http.close();
    },
  };
}

async function listen(server: HttpServer, port: number | undefined): Promise<number> {
  const attempt = (at: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen(at, LOOPBACK, () => {
        server.off('error', reject);
        resolve((server.address() as AddressInfo).port);
      });
    });
  try {
    return await attempt(port ?? PORT);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (port === undefined && (code === 'EADDRINUSE' || code === 'EACCES')) return attempt(0);
    throw new BasinError('web.port', `Port ${port ?? PORT} cannot be used: ${code === 'EADDRINUSE' ? 'another program listens there' : message}. Choose another with --port, or leave --port out.`, { kind: 'operational', cause });
  }
}
