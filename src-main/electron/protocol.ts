import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { protocol, type Protocol } from 'electron';
import { cacheControl, isPageAddress, type Bundle, type FirstPaint } from '../page/bundle.ts';
import { SECURITY_HEADERS } from '../page/headers.ts';
import { isOurs, SCHEME } from './origin.ts';

/** Must be called before the app is ready. */
export function declareScheme(): void {
  // Standard: it has hosts and relative addresses. Secure: as https, so that the clipboard is there.
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/**
 * Serves the built page under our scheme, and nothing else: a name that was not in the page's folder when the app started is
 * never looked up on the disk.
 *
 * @param first asked for every page
 */
export function servePage(under: Protocol, bundle: Bundle, first: () => FirstPaint): void {
  under.handle(SCHEME, async (request) => {
    if (!isOurs(request.url)) return words(404, 'There is no such host');
    if (request.method !== 'GET' && request.method !== 'HEAD') return words(405, 'Only GET is answered here');
    const path = pathOf(request.url);
    if (path === undefined) return words(400, 'This address cannot be read');
    const file = path.slice(1);
    if (bundle.files.has(file)) return answer(200, await readFile(join(bundle.folder, file)), TYPES[extname(file)] ?? 'application/octet-stream', cacheControl(file));
    if (!isPageAddress(path)) return words(404, 'There is no such file');
    return answer(200, bundle.index(first()), TYPES['.html']!, 'no-store');
  });
}

const answer = (status: number, body: string | Uint8Array<ArrayBuffer>, type: string, cache: string): Response =>
  new Response(body, { status, headers: { ...SECURITY_HEADERS, 'content-type': type, 'cache-control': cache } });

const words = (status: number, text: string): Response => answer(status, `${text}\n`, 'text/plain; charset=utf-8', 'no-store');

/** The path of an address, decoded; undefined where it cannot be. */
function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch {
    return undefined;
  }
}
