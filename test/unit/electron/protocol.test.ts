import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Protocol } from 'electron';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { servePage } from '../../../src-main/electron/protocol.ts';
import { readBundle } from '../../../src-main/page/bundle.ts';

vi.mock('electron', () => import('../../electron-standin/electron.ts'));

const folder = mkdtempSync(join(tmpdir(), 'basin-protocol-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
writeFileSync(join(folder, 'secret.txt'), 'secret');
writeFileSync(join(folder, 'page', 'index.html'), '<html data-theme="system"></html>');
writeFileSync(join(folder, 'page', '.hidden'), 'hidden');
writeFileSync(join(folder, 'page', 'assets', 'index-1a2b.js'), 'export {};');

let ask: (request: Request) => Promise<Response> = () => Promise.reject(new Error('not served'));
servePage({ handle: (_scheme: string, handler: typeof ask) => (ask = handler) } as unknown as Protocol, readBundle(join(folder, 'page')), () => ({ theme: 'dark', store: 'ab12' }));
writeFileSync(join(folder, 'page', 'assets', 'later.js'), 'added later');

/** As Electron hands it over: nothing is normalised beyond what a URL is. */
const get = (url: string, method = 'GET') => ask({ url, method } as Request);

describe('the app’s own scheme', () => {
  it('serves a file of the page with its type', async () => {
    const response = await get('basin-app://bundle/assets/index-1a2b.js');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('export {};');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('cache-control')).toContain('immutable');
  });

  it.each(['/', '/runs', '/runs/3?x=1', '/compare', '/nothing/here'])('answers a page’s address with the page: %s', async (path) => {
    const response = await get(`basin-app://bundle${path}`);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<html data-theme="dark" data-store="ab12"></html>');
  });

  it.each([
    'basin-app://bundle/../secret.txt',
    'basin-app://bundle/assets/../../secret.txt',
    'basin-app://bundle/%2e%2e/secret.txt',
    'basin-app://bundle/..%2fsecret.txt',
    'basin-app://bundle/..%5csecret.txt',
    'basin-app://bundle//secret.txt',
    'basin-app://bundle/.hidden',
    'basin-app://bundle/assets/later.js',
    'basin-app://bundle/assets/missing.js',
    'basin-app://bundle/assets',
    `basin-app://bundle/${encodeURIComponent(join(folder, 'secret.txt'))}`,
    'basin-app://bundle/index-1a2b.js%00.html',
  ])('has nothing under %s', async (url) => {
    const response = await get(url);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toMatch(/secret|hidden|later/);
  });

  it('knows one host, reads, and refuses what it cannot read', async () => {
    expect((await get('basin-app://elsewhere/')).status).toBe(404);
    expect((await get('basin-app://bundle/', 'POST')).status).toBe(405);
    expect((await get('basin-app://bundle/%E0%A4%A')).status).toBe(400);
  });

  it.each(['/', '/assets/index-1a2b.js', '/missing.js'])('sends a content policy with every answer: %s', async (path) => {
    const { headers } = await get(`basin-app://bundle${path}`);
    const policy = headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/script-src[^;]*(unsafe|https?:|\*|blob:|data:)/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});
