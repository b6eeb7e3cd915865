import fastifyStatic from '@fastify/static';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { BasinError } from '../contract/errors.ts';
import { cacheControl, isPageAddress, type Bundle, type FirstPaint } from '../page/bundle.ts';
import { SECURITY_HEADERS } from '../page/headers.ts';
import { checkHost, hasCookie, isToken, setCookie } from './access.ts';
import { LOCKED_PAGE } from './locked-page.ts';

export interface HttpOptions {
  readonly bundle: Bundle;
  readonly token: string;
  /** Asked for every page. */
  readonly first: () => Promise<FirstPaint>;
}

/** Longest address that is looked at, characters: a view's link holds the runs and settings that it shows. */
const URL_LENGTH = 16 * 1024;
const HEADER_BYTES = 32 * 1024;
const CONNECTIONS = 256;

/** Serves the page to whoever has the secret. Answers GET and nothing else, and reads no bodies. */
export function createHttp({ bundle, token, first }: HttpOptions): FastifyInstance {
  const server = fastify({
    http: { maxHeaderSize: HEADER_BYTES, headersTimeout: 10_000, requestTimeout: 30_000 },
    bodyLimit: 1,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: URL_LENGTH },
    // An address that the router cannot read reaches no hook.
    frameworkErrors: (_, request, reply) => void text((reply as FastifyReply).headers(SECURITY_HEADERS), 400, `The address ${JSON.stringify(request.raw.url)} cannot be read`),
  });
  server.server.maxConnections = CONNECTIONS;
  void server.register(fastifyStatic, { root: bundle.folder, serve: false, index: false, dotfiles: 'deny', cacheControl: false });

  // A hook that has answered does not go on.
  server.addHook('onRequest', (request, reply, goOn) => {
    reply.headers(SECURITY_HEADERS);
    if (!isRefused(request, reply) && isLetIn(request, reply, token)) goOn();
  });

  server.get('/*', async (request, reply) => {
    const path = pathOf(request);
    if (path === undefined) return text(reply, 400, 'This address cannot be read');
    const file = path.slice(1);
    if (bundle.files.has(file)) {
      return reply.header('cache-control', cacheControl(file)).sendFile(file);
    }
    if (!isPageAddress(path)) return text(reply, 404, 'There is no such file');
    return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(bundle.index(await first()));
  });

  server.setNotFoundHandler((_, reply) => text(reply, 404, 'There is no such page'));
  server.setErrorHandler((error: Error & { statusCode?: number }, _, reply) => {
    const status = error.statusCode ?? 500;
    return text(reply, status, status < 500 ? error.message : 'Something went wrong in the server: reload the page; the runs are not touched');
  });
  return server;
}

/** Refuses what no page of ours asks for. */
function isRefused(request: FastifyRequest, reply: FastifyReply): boolean {
  try {
    checkHost(request.headers);
  } catch (error) {
    if (!(error instanceof BasinError)) throw error;
    text(reply, 421, error.message);
    return true;
  }
  if (request.method !== 'GET') text(reply.header('allow', 'GET'), 405, 'Only GET is answered here');
  else if (request.raw.url!.length > URL_LENGTH) text(reply, 414, `An address here has at most ${URL_LENGTH} characters`);
  return reply.sent;
}

/** Takes the token of the printed address into a cookie; without either there is only the page that says so. */
function isLetIn(request: FastifyRequest, reply: FastifyReply, token: string): boolean {
  const [path = '', query = ''] = request.raw.url!.split('?', 2);
  const rest = new URLSearchParams(query);
  const given = rest.get('token');
  const known = hasCookie(token, request.raw);
  const right = isToken(token, given);
  if (given !== null && (right || known)) {
    if (right) void reply.header('set-cookie', setCookie(token, request.raw));
    rest.delete('token');
    // One slash in front: two would be another host.
    const address = `${path.replace(/^[/\\]*/, '/')}${rest.size ? `?${rest.toString()}` : ''}`;
    void reply.header('cache-control', 'no-store').redirect(address, 303);
    return false;
  }
  if (!known) void reply.code(401).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(LOCKED_PAGE);
  return known;
}

const text = (reply: FastifyReply, status: number, words: string): FastifyReply => reply.code(status).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(`${words}\n`);

/** The path that was asked for, decoded; undefined where it cannot be. */
function pathOf(request: FastifyRequest): string | undefined {
  try {
    return decodeURIComponent(request.raw.url!.split('?', 1)[0]!);
  } catch {
    return undefined;
  }
}
